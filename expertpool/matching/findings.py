"""What a check found: rule, level, the two facts that meet, and the provision; and its sentence."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from expertpool.foundation import vocabulary
from expertpool.foundation.language import _, language
from expertpool.foundation.rulebook import LEVELS, LawSource, Rule
from expertpool.foundation.sentences import sentence
from expertpool.matching.facts import ParticipantFact

_WORDS = {  # parameter → kind of the vocabulary its code belongs to
    "relation": "relation", "earlier": "procedure", "later": "procedure", "role": "case_role",
    "wanted": "case_role", "state": "person_state", "role_state": "role_state", "reason": "unavailability",
    "link": "case_link", "education": "education", "at_least": "education",
}
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class FactReference:
    """One fact a finding rests on: ``what`` (vocabulary ``fact``), its value, where it was read."""

    what: str
    value: str
    source: str = ""

    @property
    def text(self) -> str:
        """For people: what, value, source."""
        words = [vocabulary.word("fact", self.what), f"“{self.value}”"]
        return " ".join([*words, f"({self.source})"] if self.source else words)


@dataclass(frozen=True)
class Finding:
    """One hit of one rule. ``code`` names the sentence; ``level`` is block, warn or inform."""

    rule: str
    level: str
    code: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    facts: tuple[FactReference, ...] = ()
    source: LawSource = field(default_factory=LawSource)

    @property
    def text(self) -> str:
        """One sentence naming both facts, in the language in force."""
        return sentence(f"matching.{self.code}", **_shown(self.parameters)).rstrip()

    @property
    def blocks(self) -> bool:
        """Whether the appointment cannot proceed."""
        return self.level == "block"

    def as_json(self) -> dict[str, Any]:
        """For storing with the assignment and for the command line."""
        return {"rule": self.rule, "severity": self.level, "code": self.code, "text": self.text,
                "source": str(self.source), "parameters": dict(self.parameters),
                "facts": [asdict(fact) for fact in self.facts]}


def found(rule: Rule, outcome: str, facts: tuple[FactReference, ...], *, nature: str = "",
          level: str = "", source: LawSource | None = None, **parameters: Any) -> Finding:
    """A finding of ``rule`` with one of its outcomes; level and source come from the rule unless given."""
    return Finding(rule.id, level or rule.level_of(outcome), f"{rule.id}.{outcome}", parameters, facts,
                   source or rule.source_for(nature))


def about(participant: ParticipantFact, kind: str = "") -> dict[str, Any]:
    """The parameters that name a participant; ``kind`` firm means the agent's firm, not the agent."""
    shown = kind or participant.kind
    return {"kind": shown, "side": participant.side, "place": participant.place,
            "other": participant.firm_name if shown == "firm" else participant.name}


def ordered(findings: list[Finding]) -> list[Finding]:
    """Worst first, then in the order the rules were checked; doubles once."""
    unique = list({(one.code, tuple(fact.value for fact in one.facts), str(one.parameters)): one
                   for one in findings}.values())
    return sorted(unique, key=lambda one: -LEVELS.index(one.level))


def _shown(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Codes as words, participants as “defendant 1”, lists joined."""
    shown = dict(parameters)
    for name, kind in _WORDS.items():
        if name in shown:
            shown[name] = vocabulary.word(kind, shown[name])
    if "kind" in shown:
        shown["whom"] = whom(shown["kind"], shown.get("side", ""), shown.get("place", 0))
    for name, value in shown.items():
        if isinstance(value, (list, tuple)):
            shown[name] = (", " if language() == "en" else "、").join(map(str, value))
    if shown.get("via"):
        shown["via"] = _("The link leads through {units}.").format(units=shown["via"])
    return shown


def whom(kind: str, side: str, place: int = 0) -> str:
    """How the case names somebody: 被告一, 被告一的诉讼代理人, 涉案专利的发明人."""
    party = vocabulary.word("party_side", side) if side else _("party")
    if place:
        party = _("{side} {number}").format(side=party, number=_numeral(place))
    texts = {
        "party": "{party}",
        "legal_representative": _("legal representative of {party}"),
        "agent": _("agent of {party}"),
        "firm": _("the agents' firm of {party}"),
        "inventor": _("inventor of the patent in suit"),
        "patentee": _("patentee of the patent in suit"),
        "examiner": _("examiner of the patent in suit"),
    }
    return texts.get(kind, "{party}").format(party=party)


def _numeral(number: int) -> str:
    """一 … 九十九 in Chinese, digits otherwise."""
    if language() == "en" or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")
