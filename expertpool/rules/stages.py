"""The closed lists that rules and code share (级别、环节、指派状态); what is stored is the text of each."""

from enum import StrEnum


class Level(StrEnum):
    """How grave a finding is, least grave first: it tells, it must be acknowledged, it stops the appointment."""

    INFORM = "inform"
    WARN = "warn"
    BLOCK = "block"


class Stage(StrEnum):
    """When a rule about a person and a case is asked (审查环节)."""

    MATCH = "match"
    DRAW = "draw"
    ASSIGN = "assign"
    RECHECK = "recheck"
    NOTICE = "notice"


class AssignmentState(StrEnum):
    """The life of an assignment (指派状态); the words stand in the vocabulary ``assignment_state``."""

    PROPOSED = "proposed"
    APPOINTED = "appointed"
    NOTIFIED = "notified"
    ACCEPTED = "accepted"
    SERVING = "serving"
    SUSPENDED = "suspended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    RECUSED = "recused"
    REPLACED = "replaced"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
