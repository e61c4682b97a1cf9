"""What a check found: rule, level, the facts that meet and the links between them, the provision; its sentence."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property

from expertpool.checks.facts import ParticipantFact
from expertpool.checks.finding_words import shown, whom
from expertpool.foundation.json_values import JsonMapping, JsonObject
from expertpool.foundation.language import language
from expertpool.foundation.sentences import codes, sentence
from expertpool.rules import vocabulary
from expertpool.rules.book import LEVELS, LawSource, Rule

__all__ = ["FactReference", "Finding", "about", "found", "ordered", "stored_key", "whom"]

# periods come from the rule book, positions from this case alone, reasons from the comparison: none is another fact
_NO_FACTS = {"years", "cap", "side", "place", "why"}


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
    """One hit of one rule. ``code`` names the sentence; ``level`` is block, warn or inform.

    ``liftable``: a block that an authorised, reasoned decision may lift. ``dismiss``: whether it may be dismissed
    as a false alarm, for one ``case`` or for the ``person``; ``dismissed``: the reason for which it was.
    """

    rule: str
    level: str
    code: str
    parameters: JsonMapping = field(default_factory=dict)
    facts: tuple[FactReference, ...] = ()
    source: LawSource = field(default_factory=LawSource)
    liftable: bool = False
    dismiss: str = ""
    dismissed: str = ""

    @cached_property
    def key(self) -> str:
        """The same finding on the same facts has the same key, whatever the level or the language."""
        return _key(self.rule, self.code, [[fact.what, fact.value] for fact in self.facts], self.parameters)

    @property
    def text(self) -> str:
        """One sentence naming all facts, in the language in force."""
        text = sentence(f"matching.{self.code}", **shown(self.parameters)).rstrip()
        return text if text.endswith((".", "。")) else text + ("." if language() == "en" else "。")

    @property
    def blocks(self) -> bool:
        """Whether the appointment cannot proceed."""
        return self.level == "block"

    def as_json(self) -> JsonObject:
        """For storing with the assignment and for the command line."""
        row = {"rule": self.rule, "severity": self.level, "code": self.code, "key": self.key, "text": self.text,
               "source": str(self.source), "parameters": dict(self.parameters),
               "facts": [asdict(fact) for fact in self.facts]}
        return row | ({"liftable": True} if self.liftable else {}) | (
            {"dismissed": self.dismissed} if self.dismissed else {})


def stored_text(code: str, parameters: JsonMapping, written: str) -> str:
    """The sentence of a stored finding in the language in force; as it was written where its words have changed."""
    if f"matching.{code}" not in codes():  # a rule or outcome that left the book
        return written
    try:
        return Finding("", "", code, parameters).text
    except (KeyError, ValueError, TypeError):
        return written


def stored_key(row: JsonMapping) -> str:
    """The key of a finding as :meth:`Finding.as_json` stored it."""
    facts = [[fact["what"], fact["value"]] for fact in row["facts"]]
    return str(row.get("key") or _key(row["rule"], row["code"], facts, row["parameters"]))


def _key(rule: str, code: str, facts: list[list[str]], parameters: JsonMapping) -> str:
    about = [rule, code, facts,
             sorted((name, str(value)) for name, value in parameters.items() if name not in _NO_FACTS)]
    return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()[:32]


def found(rule: Rule, outcome: str, facts: tuple[FactReference, ...], *, nature: str = "",
          level: str = "", source: LawSource | None = None, **parameters: object) -> Finding:
    """A finding of ``rule`` with one of its outcomes; level and source come from the rule unless given."""
    said = level or rule.level_of(outcome)
    return Finding(rule.id, said, f"{rule.id}.{outcome}", parameters, facts, source or rule.source_for(nature),
                   said == "block" and rule.may_lift(outcome), rule.dismiss if said != "inform" else "")


def about(participant: ParticipantFact, kind: str = "") -> JsonObject:
    """The parameters that name a participant; ``kind`` firm means the agent's firm, not the agent."""
    named = kind or participant.kind
    return {"kind": named, "side": participant.side, "place": participant.place,
            "other": participant.firm_name if named == "firm" else participant.name}


def ordered(findings: list[Finding]) -> list[Finding]:
    """Worst first, then in the order the rules were checked; doubles once."""
    unique = list({(one.code, tuple(fact.value for fact in one.facts), str(one.parameters)): one
                   for one in findings}.values())
    return sorted(unique, key=lambda one: -LEVELS.index(one.level))


def tie_facts(steps: list[JsonObject], *names: tuple[str, dict[str, str]]) -> tuple[FactReference, ...]:
    """The links and other names as facts of a finding; ``names`` are pairs of a name as written and its note."""
    links = [FactReference("link", f"{step['upper']} → {step['lower']}", step["source"]) for step in steps]
    aliases = [FactReference("link", f"{written} = {note['of']}", note["source"]) for written, note in names if note]
    return (*links, *aliases)
