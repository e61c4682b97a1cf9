"""Closed lists shared by rules and code (级别、环节、指派状态); their texts are what is stored."""

from enum import StrEnum


class Level(StrEnum):
    """How grave a finding is, least grave first: it informs, it must be acknowledged, it forbids the appointment."""

    INFORM = "inform"
    WARN = "warn"
    BLOCK = "block"


class Stage(StrEnum):
    """The stage at which a rule about a person and a case is checked (审查环节)."""

    MATCH = "match"
    DRAW = "draw"
    ASSIGN = "assign"
    RECHECK = "recheck"
    NOTICE = "notice"


class AssignmentState(StrEnum):
    """The states of an assignment (指派状态); their words are in the vocabulary ``assignment_state``."""

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
