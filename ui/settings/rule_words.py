"""Words for the parameters and outcomes of rules (参数与情形)."""

from typing import Any

from expertpool.foundation.language import N_, _

_PARAMETERS = {
    "years": N_("Years looked back"),
    "warn_days": N_("Days of notice before the end"),
    "cap": N_("Open cases at most per person"),
    "field": N_("Weight of the field"),
    "text": N_("Weight of the text"),
    "experience": N_("Weight of experience"),
    "evaluation": N_("Weight of the assessment"),
    "load": N_("Weight of a small load"),
    "guessed_field": N_("Share for a field read from the text"),
    "pool_factor": N_("Candidates per person needed, at least"),
    "mains": N_("Mains drawn"),
    "reserves": N_("Reserves drawn"),
    "reserves_least": N_("Reserves at least"),
    "half_least": N_("Signs of a half at least"),
    "load_weights": N_("Weights with 0, 1, 2 … open cases"),
    "keep_best": N_("People considered for each case"),
    "spread": N_("Points that a further case of one person costs"),
    "unrated": N_("Share for somebody never assessed"),
    "recent_days": N_("Days after the end of service that are checked again"),
    "no_clock": N_("Without a statutory period in"),
    "failed": N_("Grades that bar"),
    "poor": N_("Grades to be looked at"),
    "own": N_("Own consent needed when recommended by"),
    "unit": N_("Consent of the unit needed when recommended by"),
    "least": N_("At least"),
    "against": N_("Words for work against a party"),
    "offices": N_("Examining offices"),
    "other_field": N_("Share for a further field"),
    "text_least": N_("Closeness of texts that counts at all"),
    "text_full": N_("Closeness of texts that counts full"),
    "cases_full": N_("Cases that count as full experience"),
    "codes": N_("Weight of given fields within the relevance"),
    "vote": N_("Weight of the field vote"),
    "vote_sharp": N_("Sharpness of the field vote"),
    "vote_alone": N_("Weight of the field vote where no field is given"),
    "vote_sharp_alone": N_("Sharpness of the field vote where no field is given"),
    "vote_closest": N_("People who vote for the field"),
    "vote_power": N_("Advantage of closer people in the vote"),
    "similar_codes": N_("Share of the fields in the likeness of cases"),
    "similar_least": N_("Likeness from which a case is shown"),
    "learn_closest": N_("Cases that speak for the fields of a text"),
    "learn_least": N_("Closeness of texts from which a case speaks"),
    "learn_half": N_("Cases that count as much as the lexicon"),
    "months": N_("Months of cases looked at"),
    "valid_months": N_("Months that a declaration counts"),
    "remind_days": N_("Days of the reminder before it runs out"),
    "short_below": N_("Short below this many people per case"),
    "tight_below": N_("Tight below this many people per case"),
    "days": N_("Days"),
    "working_days": N_("Working days"),
    "complex_working_days": N_("Working days in complex matters"),
    "plan_working_days": N_("Working days for the plan"),
    "at_least": N_("At least"),
    "roles": N_("Roles"),
    "kinds": N_("Kinds"),
    "also": N_("Also"),
    "blocking": N_("Bars for"),
    "days_before_deliberation": N_("Days before deliberation"),
    "reconsideration_days": N_("Days for reconsideration"),
    "first_day_counts": N_("The first day counts"),
    "holiday_moves_end": N_("A holiday moves the end"),
}
_OUTCOMES = {
    "left_recently": N_("Left the unit recently"),
    "left_unknown": N_("Left, date unknown"),
    "office_ended": N_("Office ended recently"),
    "firm": N_("Works at the firm"),
    "branch": N_("Branch of the firm"),
    "former_firm": N_("Worked at the firm lately"),
    "mandate": N_("Mandate"),
    "group": N_("Same group"),
    "declared": N_("Declared"),
    "named": N_("Named in the patent"),
    "same_name": N_("Same name"),
    "own_patent": N_("Own patent"),
    "unlisted": N_("Unlisted company"),
    "listed": N_("Listed company"),
    "patentee": N_("Shares of the patentee"),
    "against": N_("Worked against a party"),
    "former_unknown": N_("Worked at the firm, date of leaving unknown"),
    "mandate_group": N_("Mandate from a company of the group"),
    "two": N_("Two practising bodies"),
    "few": N_("Fewer than needed"),
    "failed": N_("Failed the assessment"),
    "poor": N_("Weak assessment"),
    "own": N_("Own consent missing"),
    "unit": N_("Consent of the unit missing"),
    "related": N_("Related procedure"),
    "alike": N_("Names alike"),
    "missing": N_("Missing"),
    "outside": N_("Outside the usual causes"),
    "also": N_("Commonly technical causes"),
    "absent": N_("Absent"),
    "full": N_("At the limit"),
    "nearly": N_("One below the limit"),
    "above": N_("Above the age"),
    "expired": N_("Expired"),
    "ending": N_("Ends soon"),
    "below": N_("Below the requirement"),
}


def parameter_word(name: str) -> str:
    """The word for a parameter; an unknown one is shown by its name."""
    return _(_PARAMETERS[name]) if name in _PARAMETERS else name


def outcome_word(name: str) -> str:
    """The word for an outcome; an unknown one is shown by its name."""
    return _(_OUTCOMES[name]) if name in _OUTCOMES else name


def unchangeable_words(rule: Any) -> list[tuple[str, str]]:
    """Parameters that are shown without a field: lists, and everything in a rule fixed by statute."""
    found = []
    for name, value in rule.parameters.items():
        if isinstance(value, list | tuple):
            if all(isinstance(one, int) for one in value):
                found.append((parameter_word(name), "、".join(map(str, value))))
        elif not rule.editable:
            words = (_("Yes") if value else _("No")) if isinstance(value, bool) else str(value)
            found.append((parameter_word(name), words))
    return found
