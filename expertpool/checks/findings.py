"""A finding of a check: rule, level, the facts on both sides and the links between them, the provision, its
sentence."""

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

# parameters that are not facts: periods come from the rule book, positions from this case, reasons from the
# comparison
_NO_FACTS = {"years", "cap", "side", "place", "why"}


@dataclass(frozen=True)
class FactReference:
    """One fact on which a finding rests: ``what`` (vocabulary ``fact``), its value, where it was read."""

    what: str
    value: str
    source: str = ""

    @property
    def text(self) -> str:
        """What, value and source in words."""
        words = [vocabulary.word("fact", self.what), f"“{self.value}”"]
        return " ".join([*words, f"({self.source})"] if self.source else words)


@dataclass(frozen=True)
class Finding:
    """One finding of one rule. ``code`` names the sentence; ``level`` is block, warn or inform.

    ``liftable``: a block that may be lifted by an authorised decision with reasons. ``dismiss``: whether it may be
    dismissed as a false alarm, for one ``case`` or for the ``person``; ``dismissed``: the reason given for that.
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
        """A key that is the same for the same finding on the same facts, whatever its level or language."""
        return _key(self.rule, self.code, [[fact.what, fact.value] for fact in self.facts], self.parameters)

    @property
    def text(self) -> str:
        """One sentence that names all facts, in the language in force."""
        text = sentence(f"matching.{self.code}", **shown(self.parameters)).rstrip()
        return text if text.endswith((".", "。")) else text + ("." if language() == "en" else "。")

    @property
    def blocks(self) -> bool:
        """Whether the finding forbids the appointment."""
        return self.level == "block"

    def as_json(self) -> JsonObject:
        """The finding as JSON, to be stored with an assignment and printed by the command line."""
        row = {"rule": self.rule, "severity": self.level, "code": self.code, "key": self.key, "text": self.text,
               "source": str(self.source), "parameters": dict(self.parameters),
               "facts": [asdict(fact) for fact in self.facts]}
        return row | ({"liftable": True} if self.liftable else {}) | (
            {"dismissed": self.dismissed} if self.dismissed else {})


def stored_text(code: str, parameters: JsonMapping, written: str) -> str:
    """The sentence of a stored finding in the language in force; as written then, if its code has no sentence any
    more."""
    if f"matching.{code}" not in codes():  # a rule or outcome that is no longer in the book
        return written
    try:
        return Finding("", "", code, parameters).text
    except (KeyError, ValueError, TypeError):
        return written


def stored_key(row: JsonMapping) -> str:
    """The key of a finding stored by :meth:`Finding.as_json`."""
    facts = [[fact["what"], fact["value"]] for fact in row["facts"]]
    return str(row.get("key") or _key(row["rule"], row["code"], facts, row["parameters"]))


def _key(rule: str, code: str, facts: list[list[str]], parameters: JsonMapping) -> str:
    about = [rule, code, facts,
             sorted((name, str(value)) for name, value in parameters.items() if name not in _NO_FACTS)]
    return hashlib.sha256(json.dumps(about, ensure_ascii=False).encode()).hexdigest()[:32]


def found(rule: Rule, outcome: str, facts: tuple[FactReference, ...], *, nature: str = "",
          level: str = "", source: LawSource | None = None, **parameters: object) -> Finding:
    """Make a finding of ``rule`` with one of its outcomes; level and source are the rule's unless given."""
    said = level or rule.level_of(outcome)
    return Finding(rule.id, said, f"{rule.id}.{outcome}", parameters, facts, source or rule.source_for(nature),
                   said == "block" and rule.may_lift(outcome), rule.dismiss if said != "inform" else "")


def about(participant: ParticipantFact, kind: str = "") -> JsonObject:
    """The parameters that name a participant; with ``kind`` firm they name the agent's firm."""
    named = kind or participant.kind
    return {"kind": named, "side": participant.side, "place": participant.place,
            "other": participant.firm_name if named == "firm" else participant.name}


def ordered(findings: list[Finding]) -> list[Finding]:
    """Findings sorted worst first, then in the order of the rules; duplicates are dropped."""
    unique = list({(one.code, tuple(fact.value for fact in one.facts), str(one.parameters)): one
                   for one in findings}.values())
    return sorted(unique, key=lambda one: -LEVELS.index(one.level))


def tie_facts(steps: list[JsonObject], *names: tuple[str, dict[str, str]]) -> tuple[FactReference, ...]:
    """The links and other names between two units, as facts of a finding; ``names`` are pairs of a name as written
    and a note."""
    links = [FactReference("link", f"{step['upper']} → {step['lower']}", step["source"]) for step in steps]
    aliases = [FactReference("link", f"{written} = {note['of']}", note["source"]) for written, note in names if note]
    return (*links, *aliases)
