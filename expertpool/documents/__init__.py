"""Court papers (文书): their content, as a typed :class:`~expertpool.documents.paper.Paper` of plain texts.

Each paper has a module whose verb takes the pool first. The window displays and prints the result; the command line
prints it as text.
"""
