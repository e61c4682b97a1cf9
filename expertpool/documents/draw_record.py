"""The record of a draw (抽取记录表): one page made from the stored draw, followed by how a draw is computed."""

from typing import Any

from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.documents.paper import (
    Block,
    Facts,
    Heading,
    PageBreak,
    Paper,
    Signature,
    Signatures,
    Span,
    Table,
    Text,
)
from expertpool.draws.algorithm import check_code
from expertpool.draws.browse import DrawDetail, DrawnPlace, draw_detail
from expertpool.draws.certificate import description
from expertpool.draws.words import draw_word, ground_word, place_word, turn_words
from expertpool.fields.tree import tree
from expertpool.foundation.dates import local_time
from expertpool.foundation.language import _, language
from expertpool.foundation.text import joined
from expertpool.rules import vocabulary
from expertpool.rules.book import RuleBook

WIDTHS = (5, 6, 29, 25, 13, 22)  # widths of the columns of people, in per cent
LABEL, PROOF_LABEL = 13, 20  # widths in per cent


@numbers_hidden
def draw_record(pool: Pool, uid: str) -> Paper:
    """The record of a draw (uid) in its present state."""
    return record_of(draw_detail(pool, uid), pool.rules)


def record_of(detail: DrawDetail, rules: RuleBook) -> Paper:
    """The record of a draw that was already read."""
    under = joined(detail.case, turn_words(detail.number, detail.of), draw_word(detail.state))
    code = _("Check code {code}").format(code=detail.code)
    first: tuple[Block, ...] = (
        Text((Span(f"{under} · "), Span(code, "strong")), "center"),
        Facts((*_facts(detail), *condition_rows(detail.record)), LABEL, pairs=2), Text(_counts(detail, rules)),
        _people(detail), *map(Text, _notes(detail)), Facts(tuple(_proof(detail)), PROOF_LABEL, small=True),
        _signatures(detail))
    described = described_blocks(description(language() if language() == "en" else "zh_CN"))
    return Paper(_("Record of a random draw"), (*first, PageBreak(), *described), number=detail.case, look="dense")


def described_blocks(text: str) -> tuple[Block, ...]:
    """The description of the algorithm, from its Markdown: a heading, paragraphs, numbered steps."""
    found: list[Block] = []
    for line in text.split("\n"):
        words = line.lstrip("# ").replace("**", "").replace("*", "")
        if line.startswith("#"):
            found.append(Heading(words))
        elif words:
            found.append(Text(words))
    return tuple(found)


def condition_rows(record: Any) -> list[tuple[str, str]]:
    """The conditions that restricted who took part, in words; empty conditions are left out."""
    wanted = record["conditions"]
    fields = "、".join(tree().label(code) for code in wanted["fields"])
    rows = [
        (_("Technical field"), _("{fields}, at least {level}").format(
            fields=fields, level=closeness_word(wanted["closeness"])) if fields else ""),
        (_("Appointed by"), "、".join([*wanted["courts"], *(court_level_word(one) for one in
                                                            wanted["court_levels"])])),
        (_("Level of title"), "、".join(vocabulary.word("title_level", one) for one in wanted["title_levels"])),
        (_("Region of the unit"), "、".join(wanted["regions"])),
        (_("Kind of unit"), "、".join(vocabulary.word("organisation_kind", one) for one in wanted["unit_kinds"])),
        (_("Doubtful cases"), _("take part, to be verified before the appointment") if wanted["doubtful"]
         else _("take no part")),
        (_("Chances"), _("weighted by load: fewer open cases, more chances") if record["weighting"] == "load"
         else _("equal for everybody"))]
    return [row for row in rows if row[1]]


def closeness_word(level: str) -> str:
    """The words for how near a candidate's field must be."""
    return {"subgroup": _("the same subgroup"), "main_group": _("the same main group"),
            "subclass": _("the same subclass"), "class": _("the same class"), "wipo": _("the same WIPO field"),
            "group": _("the same court group"), "none": _("any field")}[level]


def court_level_word(level: str) -> str:
    """The words for a level of court."""
    return {"supreme": _("Supreme People's Court"), "high": _("high court"), "intermediate": _("intermediate court"),
            "basic": _("basic court")}.get(level, level)


def _facts(detail: DrawDetail) -> list[tuple[str, str]]:
    record = detail.record
    rows = [
        (_("Court"), record["court"]), (_("Role"), vocabulary.word("case_role", detail.role)),
        (_("Venue"), record["place"]),
        (_("Frozen at"), local_time(record["frozen_at"])), (_("Drawn at"), local_time(detail.drawn_at)),
        (_("Rule book"), record["rules"]), (_("Purpose"), record["purpose"]),
        (_("Ground of the further draw"), record["ground"]),
        (_("Void"), joined(*detail.void[:2], local_time(detail.void[2])))]
    return [row for row in rows if row[1]]


def _proof(detail: DrawDetail) -> list[tuple[str, str]]:
    record = detail.record
    rows = [(_("Algorithm"), record["algorithm"]), (_("Fingerprint of the record"), detail.fingerprint)]
    if record["hands"] == "public":
        rows.append((_("Public value"), f"{record['public_source']}: {detail.witness_half}"))
    else:
        rows += [(_("Sealed half (SHA-256)"), record["commitment"]),
                 (_("Operator's half · salt"), f"{detail.operator_half} · {detail.salt}"),
                 (_("Witness's half"), detail.witness_half)]
    return [*rows, (_("Seed"), detail.seed), (_("Result"), detail.result)]


def _counts(detail: DrawDetail, rules: RuleBook) -> str:
    """How many people took part, and how many each rule excluded."""
    record = detail.record
    said = _("{eligible} took part, {excluded} were excluded; {mains} mains and {reserves} reserves.").format(
        eligible=len(record["candidates"]), excluded=len(record["excluded"]), mains=record["mains"],
        reserves=record["reserves"])
    words = "；".join(f"{ground_word(rule, rules)} {count}" for rule, count in detail.by_rule().items())
    return said + (_(" Kept out by rule: {rules}.").format(rules=words) if words else "")


def _people(detail: DrawDetail) -> Table:
    """Place, main or reserve, label, name and unit, answer, and the reason or caller with the time."""
    heads = (_("Place"), _("Kind"), _("Label"), _("Name and unit"), _("Reply"), _("Reason, asked by, time"))
    return Table(heads, tuple(_person(one, masked=detail.masked) for one in detail.places), WIDTHS)


def _person(one: DrawnPlace, *, masked: bool) -> tuple[str | tuple[Span, ...], ...]:
    kind = _("Main") if one.main else _("Reserve")
    who = _("(names not open)") if masked else joined(one.name, one.unit)
    said = joined(one.reason, one.caller, local_time(one.at)) if one.at else ""
    state = place_word(one.state) + (_(" (stepped up)") if one.stepped_up else "")
    return str(one.place), kind, (Span(one.label, "small"),), who, state, said


def _notes(detail: DrawDetail) -> list[str]:
    notes = [_("Draw {number}: {state}, {code}. {ground}").format(
        number=number, state=draw_word(one["state"]), code=check_code(one["result"]) if one["result"]
        else one["fingerprint"][:16], ground=one["ground"]).strip()
        for number, one in enumerate(detail.record["earlier"], 1)]
    officers, reason, at = detail.opened
    if officers:
        notes.append(_("Names opened by {officers} at {time}. {reason}").format(
            officers="、".join(officers), time=local_time(at), reason=reason).strip())
    return notes


def _signatures(detail: DrawDetail) -> Signatures:
    record = detail.record
    return Signatures((Signature(_("Drawn by"), record["operator"]),
                       Signature(_("Witness"), joined(record["witness"], record["witness_unit"])),
                       Signature(_("Date"))))
