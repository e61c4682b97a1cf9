"""Court papers (文书): what stands on them, as a typed :class:`~expertpool.documents.paper.Paper` of plain texts.

Each paper has a module whose verb takes the pool first. The window shows and prints what comes back; the command
line prints it as text.
"""
