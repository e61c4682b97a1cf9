"""The paper of a draw (抽取记录表): every text of the certificate page, ready to be set; from the stored draw."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from expertpool.accounts.pool_protocol import Pool
from expertpool.draws.algorithm import check_code
from expertpool.draws.browse import DrawDetail, DrawnPlace, draw_detail
from expertpool.draws.certificate import description
from expertpool.draws.words import draw_word, ground_word, place_word, turn_words
from expertpool.fields.tree import tree
from expertpool.foundation.language import _, language
from expertpool.rules import vocabulary
from expertpool.rules.book import RuleBook


@dataclass(frozen=True)
class DrawSheet:
    """Everything a certificate page says, in the language in force. ``people`` rows: place, main or reserve, label,
    name and unit, answer, reason or caller with the time. ``proof``: hashes as (name, value)."""

    title: str
    number: str
    turn: str
    state: str
    facts: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    counts: str
    excluded: tuple[tuple[str, int], ...]
    proof: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str, str, str, str, str], ...]
    notes: tuple[str, ...]
    signatures: tuple[tuple[str, str], ...]
    code: str
    description: str


def draw_sheet(pool: Pool, uid: str) -> DrawSheet:
    """The sheet of a draw (uid) as it stands now."""
    return sheet_of(draw_detail(pool, uid), pool.rules)


def sheet_of(detail: DrawDetail, rules: RuleBook) -> DrawSheet:
    """The same from a draw that was read already."""
    record = detail.record
    return DrawSheet(
        title=_("Record of a random draw"), number=detail.case, turn=turn_words(detail.number, detail.of),
        state=draw_word(detail.state), facts=tuple(_facts(detail)), conditions=tuple(condition_rows(record)),
        counts=_("{eligible} took part, {excluded} were excluded; {mains} mains and {reserves} reserves.").format(
            eligible=len(record["candidates"]), excluded=len(record["excluded"]), mains=record["mains"],
            reserves=record["reserves"]),
        excluded=tuple((ground_word(rule, rules), count) for rule, count in detail.by_rule().items()),
        proof=tuple(_proof(detail)), people=tuple(_person(one, masked=detail.masked) for one in detail.places),
        notes=tuple(_notes(detail)), signatures=tuple(_signatures(detail)), code=detail.code,
        description=description(language() if language() == "en" else "zh_CN"))


def moment(stamp: str) -> str:
    """A stored moment in local time, to the minute; other texts as they are."""
    try:
        return datetime.fromisoformat(stamp).astimezone().strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return stamp


def condition_rows(record: Any) -> list[tuple[str, str]]:
    """What narrowed the field, in words; empty conditions are left out."""
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
    """How near a field must be."""
    return {"subgroup": _("the same subgroup"), "main_group": _("the same main group"),
            "subclass": _("the same subclass"), "class": _("the same class"), "wipo": _("the same WIPO field"),
            "group": _("the same court group"), "none": _("any field")}[level]


def court_level_word(level: str) -> str:
    """The level of a court."""
    return {"supreme": _("Supreme People's Court"), "high": _("high court"), "intermediate": _("intermediate court"),
            "basic": _("basic court")}.get(level, level)


def _facts(detail: DrawDetail) -> list[tuple[str, str]]:
    record = detail.record
    rows = [
        (_("Court"), record["court"]), (_("Role"), vocabulary.word("case_role", detail.role)),
        (_("Venue"), record["place"]),
        (_("Frozen at"), moment(record["frozen_at"])), (_("Drawn at"), moment(detail.drawn_at)),
        (_("Rule book"), record["rules"]), (_("Purpose"), record["purpose"]),
        (_("Ground of the further draw"), record["ground"]),
        (_("Void"), " · ".join(filter(None, (detail.void[0], detail.void[1], moment(detail.void[2])))))]
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


def _person(one: DrawnPlace, *, masked: bool) -> tuple[str, str, str, str, str, str]:
    kind = _("Main") if one.main else _("Reserve")
    who = _("(names not open)") if masked else " · ".join(filter(None, (one.name, one.unit)))
    said = " · ".join(filter(None, (one.reason, one.caller, moment(one.at)))) if one.at else ""
    state = place_word(one.state) + (_(" (stepped up)") if one.stepped_up else "")
    return str(one.place), kind, one.label, who, state, said


def _notes(detail: DrawDetail) -> list[str]:
    notes = [_("Draw {number}: {state}, {code}. {ground}").format(
        number=number, state=draw_word(one["state"]), code=check_code(one["result"]) if one["result"]
        else one["fingerprint"][:16], ground=one["ground"]).strip()
        for number, one in enumerate(detail.record["earlier"], 1)]
    officers, reason, at = detail.opened
    if officers:
        notes.append(_("Names opened by {officers} at {time}. {reason}").format(
            officers="、".join(officers), time=moment(at), reason=reason).strip())
    return notes


def _signatures(detail: DrawDetail) -> list[tuple[str, str]]:
    record = detail.record
    witness = " · ".join(filter(None, (record["witness"], record["witness_unit"])))
    return [(_("Drawn by"), record["operator"]), (_("Witness"), witness), (_("Date"), "")]
