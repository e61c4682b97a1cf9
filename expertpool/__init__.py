"""ExpertPool (司法专家库): the core of a court's judicial expert database. No Qt below this line."""

__version__ = "0.1.0"
