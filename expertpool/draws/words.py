"""The words of a draw (抽取用语): conditions that exclude people, states, steps of verifying."""

from expertpool.foundation.language import N_, _
from expertpool.rules.book import RuleBook

_GROUNDS = {
    "C-FIELD": N_("Another technical field"),
    "C-COURT": N_("Appointed by another court"),
    "C-LEVEL": N_("Appointed by a court of another level"),
    "C-TITLE": N_("Another level of title"),
    "C-REGION": N_("Unit in another region"),
    "C-UNIT": N_("Another kind of unit"),
    "C-SERVING": N_("Serves in this case already"),
    "C-REFUSED": N_("Not available in an earlier draw for this case"),
    "C-NAMED": N_("Excluded by name, reason in the record"),
}
_STATES = {
    "waiting": N_("Reserve, not called"), "called": N_("To be asked"), "undecided": N_("Undecided"),
    "accept": N_("Accepted, appointed"), "decline": N_("Declined"), "no_answer": N_("Not reached"),
    "barred": N_("Barred meanwhile"), "released": N_("Left after the appointment"),
}
_DRAW_STATES = {"frozen": N_("Frozen, not drawn"), "drawn": N_("Drawn"), "void": N_("Void")}
_CHECKS = {
    "file": N_("The file can be read"),
    "shape": N_("It has exactly the fields of a certificate"),
    "spelling": N_("It is written as it was issued"),
    "version": N_("The version is known"),
    "sealed": N_("Its own fingerprint fits"),
    "record": N_("The fingerprint of the frozen record fits"),
    "candidates": N_("Everybody is listed once and in order; two people answer for the draw"),
    "seal": N_("The first half is the one that was committed"),
    "seed": N_("The seed follows from record, case number and both halves"),
    "order": N_("The order follows from the seed"),
    "result": N_("Result and check code fit"),
    "answers": N_("The answers follow from each other"),
    "people": N_("The people named are those drawn"),
    "stored": N_("The pool keeps the same draw"),
    "answers_stored": N_("The pool keeps the same answers"),
}


def ground_word(rule: str, rules: RuleBook) -> str:
    """Why somebody takes no part: the words of the condition, or the rule's title."""
    if rule in _GROUNDS:
        return _(_GROUNDS[rule])
    return str(rules.rule(rule).title) if rule in rules else rule


def place_word(state: str) -> str:
    """The words for the state of somebody drawn."""
    return _(_STATES[state]) if state in _STATES else state


def draw_word(state: str) -> str:
    """The words for the state of a draw."""
    return _(_DRAW_STATES[state]) if state in _DRAW_STATES else state


def check_word(code: str) -> str:
    """What a step of verifying says if it holds."""
    return _(_CHECKS[code]) if code in _CHECKS else code


def turn_words(number: int, of: int) -> str:
    """``draw 2 of 2``."""
    return _("draw {number} of {of}").format(number=number, of=of)
