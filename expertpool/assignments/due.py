"""When an expert's work is due (履职期限): the opinion before the deliberation, the appraisal and its plan."""

from dataclasses import dataclass
from datetime import date, timedelta

from expertpool.assignments.states import is_open
from expertpool.assignments.tables import Assignment
from expertpool.foundation.json_values import JsonMapping
from expertpool.rules.book import RuleBook
from expertpool.rules.holidays import working_days
from expertpool.rules.stages import AssignmentState

OPINION, APPRAISAL = "D-OPINION", "D-APPRAISAL"
BEFORE_WORK = (AssignmentState.APPOINTED, AssignmentState.NOTIFIED, AssignmentState.ACCEPTED)


@dataclass(frozen=True)
class WorkDue:
    """What is due (``opinion``, ``appraisal``, ``appraisal_plan``), on which day, on which legal ground.

    ``latest``: the last day to which the period may be extended in a complex matter.
    """

    what: str
    on: str
    ground: str
    latest: str = ""


def work_due(rules: RuleBook, holidays: JsonMapping, record: Assignment, deliberation: str) -> list[WorkDue]:
    """What the person of an assignment still has to hand in; the opinion or appraisal comes first."""
    if not is_open(record.state) or record.opinion_signed_on:
        return []
    if is_appraisal(rules, record.role, record.appointed_on):
        return list(_appraisal(rules, holidays, record))
    if not deliberation:
        return []
    return [WorkDue("opinion", opinion_due(rules, deliberation), str(rules.version_on(OPINION, deliberation).source))]


def due_at_appointment(rules: RuleBook, holidays: JsonMapping, role: str, appointed_on: str,
                       deliberation: str) -> str:
    """The due day stored when somebody is appointed; "" where it cannot be known yet."""
    if is_appraisal(rules, role, appointed_on):
        return _counted(rules, holidays, appointed_on, rules.figure(APPRAISAL, "working_days", appointed_on))
    return opinion_due(rules, deliberation) if deliberation else ""


def opinion_due(rules: RuleBook, deliberation: str) -> str:
    """The last day for a technical opinion: a set number of days before the deliberation (法释〔2019〕2号 art. 9)."""
    days = rules.figure(OPINION, "days_before_deliberation", deliberation)
    return str(date.fromisoformat(deliberation) - timedelta(days=days))


def is_appraisal(rules: RuleBook, role: str, day: str) -> bool:
    """Whether this service is an appraisal with its own period; False where the court switched that rule off."""
    held = rules.as_of(day) if day else rules
    return APPRAISAL in held and role in held.parameter(APPRAISAL, "roles")


def _appraisal(rules: RuleBook, holidays: JsonMapping, record: Assignment) -> list[WorkDue]:
    """Due days of an appraisal, counted in working days from the commission; its plan, from acceptance until work
    begins."""
    day, found = record.appointed_on, []
    if not day:
        return []
    ground = str(rules.version_on(APPRAISAL, day).source)
    due = record.opinion_due or _counted(rules, holidays, day, rules.figure(APPRAISAL, "working_days", day))
    latest = _counted(rules, holidays, day, rules.figure(APPRAISAL, "complex_working_days", day))
    found.append(WorkDue("appraisal", due, ground, max(due, latest)))
    if record.state in BEFORE_WORK and record.answered_on:
        plan = _counted(rules, holidays, record.answered_on,
                        rules.figure(APPRAISAL, "plan_working_days", record.answered_on))
        found.append(WorkDue("appraisal_plan", plan, ground))
    return found


def _counted(rules: RuleBook, holidays: JsonMapping, start: str, days: int) -> str:
    return str(working_days(rules, holidays, start).working_period(date.fromisoformat(start), days).end)
