"""The tree of technical fields (技术领域): court group → WIPO field → IPC, and look-up of any symbol."""
