"""The command line (命令行), one module a subject; each command calls the verb the window calls."""
