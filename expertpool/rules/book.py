"""The rule book (规则库): every rule with level, source, period of validity and parameters, and its version.

The shipped rules are data in ``resources/rules``; a court's changes come as overrides.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from expertpool.foundation.data_file import plain_of, read
from expertpool.foundation.language import language
from expertpool.foundation.problems import UserProblem
from expertpool.rules.stages import Level, Stage

LEVELS = tuple(level.value for level in Level)
_CHANGEABLE = {"level", "outcomes", "parameters", "off"}


@dataclass(frozen=True)
class LawSource:
    """The source of a rule in both languages; ``str()`` gives the one in force."""

    zh: str = ""
    en: str = ""

    def __str__(self) -> str:
        return (self.en or self.zh) if language() == "en" else (self.zh or self.en)


@dataclass(frozen=True)
class Rule:
    """One rule. ``outcomes`` maps what was found to a level; ``tag`` says how certain the source is."""

    id: str
    level: str
    title: LawSource
    source: LawSource
    tag: str
    valid_from: str
    valid_to: str = ""
    editable: bool = True
    off: bool = False
    stages: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, LawSource] = field(default_factory=dict)
    # outcomes whose block may be lifted by an authorised decision with reasons; "*" for all
    override: tuple[str, ...] = ()
    dismiss: str = ""  # whether false alarms may be dismissed: for one ``case``, or for the ``person`` in all cases

    def may_lift(self, outcome: str) -> bool:
        """Whether a block of this outcome may be lifted by a reasoned decision (特别批准)."""
        return "*" in self.override or outcome in self.override

    def level_of(self, outcome: str) -> str:
        """The level of one outcome; the rule's own level if the outcome has none."""
        return self.outcomes.get(outcome, self.level)

    def source_for(self, nature: str) -> LawSource:
        """The provision for a civil, administrative or criminal case."""
        return self.sources.get(nature, self.source)

    def in_force(self, day: str) -> bool:
        """Whether the rule is in force on an ISO day and was not switched off."""
        return not self.off and self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


@dataclass(frozen=True)
class RuleBook:
    """All rules, later versions of a rule last; ``version`` identifies the content."""

    rules: tuple[Rule, ...]
    tables: Mapping[str, Any]
    dated: str
    fingerprint: str

    @classmethod
    def load(cls, overrides: Mapping[str, Mapping[str, Any]] | None = None) -> "RuleBook":
        """The shipped rules with a court's changes: rule id → level, outcomes, parameters, off.

        Raises ``rules.unknown`` for a rule that is not in the book, ``rules.fixed`` for one that statute
        fixes, ``rules.value`` for a level or a key that does not exist.
        """
        changes = {key: dict(value) for key, value in (overrides or {}).items() if value}
        return _book(json.dumps(changes, ensure_ascii=False, sort_keys=True))

    @classmethod
    def of_setting(cls, setting: Mapping[str, Mapping[str, Any]]) -> "RuleBook":
        """The book with a pool's setting ``rules``. Changes to rules no longer in the book are ignored."""
        return cls.load({key: change for key, change in setting.items() if key in shipped_ids()})

    @property
    def version(self) -> str:
        """Date of the newest rule file and the first part of the fingerprint: ``2026-01-01+3f2a…``."""
        return f"{self.dated}+{self.fingerprint[:12]}"

    def as_of(self, day: str | date) -> "RuleBook":
        """The same book with only the rules in force on a day."""
        iso = str(day)
        if iso not in self._days:
            self._days[iso] = replace(self, rules=tuple(rule for rule in self.rules if rule.in_force(iso)))
        return self._days[iso]

    @cached_property
    def _days(self) -> dict[str, "RuleBook"]:
        return {}

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _versions(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.id, []).append(rule)
        return found

    def __contains__(self, rule: object) -> bool:
        return rule in self._by_id

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def rule(self, key: str) -> Rule:
        """The newest version of a rule; ``KeyError`` if the book has none."""
        return self._by_id[key]

    def parameter(self, rule: str, name: str) -> Any:
        """One parameter of a rule; ``KeyError`` if there is none."""
        return self.rule(rule).parameters[name]

    def may_lift(self, rule: str, outcome: str) -> bool:
        """Whether a block may be lifted; never for a rule no longer in the book."""
        return rule in self._by_id and self._by_id[rule].may_lift(outcome)

    def version_on(self, rule: str, day: str | date) -> Rule:
        """The version of a rule in force on a day; before the first version the first, after the last the newest.

        For figures that a calculation needs even if the court switched the rule off.
        """
        iso, versions = str(day), self._versions[rule]
        held = [one for one in versions if one.valid_from <= iso and (not one.valid_to or iso <= one.valid_to)]
        return (held or ([versions[0]] if iso < versions[0].valid_from else versions))[-1]

    def figure(self, rule: str, name: str, day: str | date) -> Any:
        """One parameter of the version in force on a day, see :meth:`version_on`."""
        return self.version_on(rule, day).parameters[name]

    def figures(self, rule: str, day: str | date) -> Mapping[str, Any]:
        """All of them, for a calculation that needs most."""
        return self.version_on(rule, day).parameters

    def asked_at(self, key: str, stage: Stage) -> bool:
        """Whether the book has the rule and checks it at this stage."""
        return key in self._by_id and stage in self._by_id[key].stages

    def table(self, name: str) -> Any:
        """A table that belongs to the rules, e.g. ``procedures``."""
        return self.tables[name]


@cache
def _shipped() -> dict[str, Any]:
    """The shipped files as read and checked; callers must not change what this returns."""
    from expertpool.rules.schemas import law  # imports pydantic, so only when rules are asked for

    files = [read(schema) for schema in (law.Recusal, law.Eligibility, law.RankingFile, law.DrawFile, law.PlanFile,
                                         law.Deadlines)]
    procedures = read(law.Procedures)
    return {"date": max(procedures.version, *(file.version for file in files)),
            "rules": [plain_of(entry) for file in files for entry in file.rules],
            "tables": {"procedures": plain_of(procedures)}}


def shipped_ids() -> frozenset[str]:
    """The ids of all rules that the program knows."""
    return frozenset(entry["id"] for entry in _shipped()["rules"])


@lru_cache(maxsize=32)
def _book(changes: str) -> RuleBook:
    """The book with the court's changes (as JSON); made once, because it is needed at every check."""
    overrides: dict[str, dict[str, Any]] = json.loads(changes)
    shipped = _shipped()
    for key in overrides:
        if key not in shipped_ids():
            raise UserProblem("rules.unknown", rule=key)
    rules = tuple(_changed(_rule(entry), overrides.get(entry["id"], {})) for entry in shipped["rules"])
    text = json.dumps([shipped, overrides], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return RuleBook(rules, shipped["tables"], shipped["date"], hashlib.sha256(text.encode()).hexdigest())


def _rule(entry: dict[str, Any]) -> Rule:
    return Rule(
        id=entry["id"], level=entry["level"], title=LawSource(**entry["title"]),
        source=LawSource(**entry["source"]), tag=entry["tag"], valid_from=entry["from"],
        valid_to=entry.get("to", ""), editable=entry["editable"], stages=tuple(entry.get("stages", ())),
        outcomes=entry.get("outcomes", {}), parameters=entry.get("parameters", {}),
        sources={nature: LawSource(**source) for nature, source in entry.get("sources", {}).items()},
        override=tuple(entry.get("override", ())), dismiss=entry.get("dismiss", ""))


def _changed(rule: Rule, change: dict[str, Any]) -> Rule:
    """The rule as the court changed it. Rules fixed by statute cannot be changed."""
    if not change:
        return rule
    if not rule.editable:
        raise UserProblem("rules.fixed", rule=rule.id, title=str(rule.title), source=str(rule.source))
    from expertpool.rules.schemas.law import checked_parameters

    levels = [change.get("level", rule.level), *change.get("outcomes", {}).values()]
    unknown = [*(change.keys() - _CHANGEABLE), *(level for level in levels if level not in LEVELS),
               *(change.get("outcomes", {}).keys() - rule.outcomes.keys())]
    if not isinstance(change.get("off", False), bool):
        unknown.append(f"off = {change['off']}")
    if unknown:
        raise UserProblem("rules.value", rule=rule.id, value="、".join(map(str, unknown)))
    parameters = {**rule.parameters, **change.get("parameters", {})}
    try:
        checked_parameters(rule.id, parameters)
    except ValueError as error:
        raise UserProblem("rules.value", rule=rule.id, value=str(error)) from error
    return replace(rule, level=change.get("level", rule.level), off=change.get("off", False),
                   outcomes={**rule.outcomes, **change.get("outcomes", {})}, parameters=parameters)
