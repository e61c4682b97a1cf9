"""What each rule may hold (规则的结果与参数): its outcomes, its parameters with their types, whether it has stages.

A rule that is not named here is refused, and so is a rule book that lacks one of these.
"""

from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import Field

from expertpool.foundation.data_file import Certainty, Count, Positive, Strict, Words
from expertpool.rules.schemas.cases import Nature, Subject
from expertpool.rules.schemas.codes import Code

Participant = Literal["party", "legal_representative", "agent", "inventor", "patentee"]
Role = Annotated[str, Code("role")]
Grade = Annotated[str, Code("grade")]
Recommendation = Annotated[str, Code("recommendation")]
ServedCode = Literal["remand_exception", "same_procedure", "ancillary", "preservation", "procedure_unknown",
                     "other_procedure"]
CrossCode = Literal["appraiser_after", "appraiser_again", "role_changed", "other_role"]
Weight = Annotated[float, Field(ge=0)]


class NoParameters(Strict):
    """The rule has no figures of its own."""


class Participants(Strict):
    """Which participants of a case are looked at."""

    kinds: tuple[Participant, ...]


class Years(Strict):
    """A number of years."""

    years: Count


class Relatives(Strict):
    """Participants whose near relative is barred."""

    blocking: tuple[Participant, ...]


class Mandates(Strict):
    """Years after leaving a firm; words that say a mandate was held against the client."""

    years: Count
    against: Words


class PatentOffices(Strict):
    """Words in names of the offices whose people examine patents."""

    offices: Words


class Links(Strict):
    """Links between cases that count."""

    kinds: tuple[Annotated[str, Code("case_link")], ...]


class Scope(Strict):
    """Subjects of causes that law names, and those commonly counted with them."""

    kinds: tuple[Subject, ...]
    also: tuple[Subject, ...]


class Appraisers(Strict):
    """Roles of which at least so many people are needed."""

    roles: tuple[Role, ...]
    least: Positive


class Cap(Strict):
    """Open cases at most."""

    cap: Positive


class Licences(Strict):
    """Days before the end at which a licence is mentioned; roles that need one."""

    warn_days: Count
    roles: tuple[Role, ...]


class Education(Strict):
    """The least education."""

    at_least: Annotated[str, Code("education")]


class Roles(Strict):
    """Roles for which the rule holds."""

    roles: tuple[Role, ...]


class Assessments(Strict):
    """Grades that bar and grades that warn; how many years back they count."""

    failed: tuple[Grade, ...]
    poor: tuple[Grade, ...]
    years: Count


class Consents(Strict):
    """Ways of recommendation that need the unit's, and that need the person's own consent."""

    unit: tuple[Recommendation, ...]
    own: tuple[Recommendation, ...]


class Ranking(Strict):
    """Weights of a score and the figures of its parts; explained in the file's note."""

    field: Weight
    text: Weight
    experience: Weight
    evaluation: Weight
    load: Weight
    unrated: Certainty
    other_field: Certainty
    guessed_field: Certainty
    text_full: Annotated[float, Field(gt=0, le=1)]
    text_least: Certainty
    cases_full: Positive
    codes: Weight
    vote: Weight
    vote_sharp: Weight
    vote_alone: Weight
    vote_sharp_alone: Weight
    vote_closest: Positive
    vote_power: Weight
    similar_codes: Certainty
    similar_least: Certainty
    learn_closest: Positive
    learn_least: Certainty
    learn_half: Positive


class Coverage(Strict):
    """Months looked back; people per case below which a field is short or tight."""

    months: Positive
    short_below: Weight
    tight_below: Weight


class Draw(Strict):
    """Figures of the draw; explained in the file's note."""

    pool_factor: Positive
    mains: Positive
    reserves: Count
    reserves_least: Count
    half_least: Positive
    load_weights: Annotated[tuple[Positive, ...], Field(min_length=1)]


class Plan(Strict):
    """People considered for each case; what one more open case of the same person costs."""

    keep_best: Positive
    spread: Weight


class Days(Strict):
    """A number of days."""

    days: Positive


class OpinionDays(Strict):
    """Days between the opinion and the deliberation."""

    days_before_deliberation: Count


class RecusalDays(Strict):
    """Days for the decision and its reconsideration; natures of cases without a period."""

    days: Positive
    reconsideration_days: Positive
    no_clock: tuple[Nature, ...]


class AppraisalDays(Strict):
    """Roles that appraise; working days of an appraisal, of a complex one, and of its plan."""

    roles: tuple[Role, ...]
    working_days: Positive
    complex_working_days: Positive
    plan_working_days: Positive


class SweepDays(Strict):
    """Days for which ended service is checked again."""

    recent_days: Count


class ReminderDays(Strict):
    """Days before the end of a term at which it is mentioned, the longest first."""

    days: Annotated[tuple[Positive, ...], Field(min_length=1)]


class DeclarationPeriod(Strict):
    """Months that a yearly declaration holds, days before its end at which it is mentioned."""

    valid_months: Positive
    remind_days: Count


class Counting(Strict):
    """Whether the day of the event counts, and whether an end on a day of rest moves."""

    first_day_counts: bool
    holiday_moves_end: bool


@dataclass(frozen=True)
class Known:
    """Outcomes of a rule, its parameters, whether it has stages; ``more``: outcomes whose level a table gives."""

    outcomes: tuple[str, ...] = ()
    parameters: type[Strict] = NoParameters
    staged: bool = True
    more: tuple[str, ...] = ()


_FIGURES: dict[str, type[Strict]] = {
    "ranking": Ranking, "coverage": Coverage, "draw": Draw, "plan": Plan, "D-NOTICE": Days, "D-OPINION": OpinionDays,
    "D-RECUSAL": RecusalDays, "D-APPRAISAL": AppraisalDays, "D-SWEEP": SweepDays, "D-TERM": ReminderDays,
    "D-DECLARATION": DeclarationPeriod, "D-COUNT": Counting}
RULES: dict[str, Known] = {
    "R1": Known(("same_id", "same_unit"), Participants),
    "R2": Known(("same_unit", "branch", "office", "group")),
    "R3": Known(("left_recently", "left_unknown", "office_ended", "group"), Years),
    "R4": Known(("unit", "person", "group")),
    "R5": Known(("relative", "inventor", "other_relation", "unit"), Relatives),
    "R6": Known(("firm", "branch", "former_firm", "former_unknown", "mandate", "against", "group", "mandate_group"),
                Mandates),
    "R7": Known(("other_procedure", "remand_exception", "already", "recused"),
                more=(*get_args(ServedCode), *get_args(CrossCode), "perhaps")),
    "R8": Known(("declared", "named", "same_name", "own_patent"), PatentOffices),
    "R9": Known(("unlisted", "listed", "patentee", "group")),
    "R10": Known(("related",), Links),
    "R11": Known(("same_name",)),
    "R12": Known(("alike",)),
    "R13": Known(("missing",)),
    "R14": Known(("outside", "also"), Scope),
    "R15": Known(("few",), Appraisers),
    "E-ROLE": Known(("not_held", "not_active")),
    "E-TERM": Known(("expired", "not_begun", "ending")),
    "E-STATE": Known(("not_active",)),
    "E-AWAY": Known(("absent",)),
    "E-LOAD": Known(("full", "nearly"), Cap),
    "E-AGE": Known(("above",), Years),
    "E-LICENCE": Known(("expired", "ending"), Licences),
    "E-EDUCATION": Known(("below",), Education),
    "E-BODIES": Known(("two",), Roles),
    "E-ASSESSMENT": Known(("failed", "poor"), Assessments),
    "E-CONSENT": Known(("unit", "own"), Consents),
    **{key: Known((), figures, staged=False) for key, figures in _FIGURES.items()},
}
