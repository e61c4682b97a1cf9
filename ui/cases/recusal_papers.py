"""Papers of a recusal: the register form (回避申请登记表) and the draft of the decision (回避决定书、复议决定书)."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from expertpool.foundation.language import _, language
from ui.printing import DOTS, lines, table
from ui.texts import joined, word

DIGITS = "〇一二三四五六七八九"
INDENT = f"text-indent:{round(2 * 16 / 72 * DOTS)}px"  # two characters of 16 pt; Qt takes the paper's own dots
SERIF = "font-family:'FangSong','仿宋','FangSong_GB2312','STFangsong','Noto Serif CJK SC','SimSun',serif"


def register_html(court: str, detail: Any, row: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    """The register form with everything that was asked, decided and reconsidered."""
    suspended = one["suspended_from"] or (_("not suspended, urgent work: {reason}").format(reason=one["urgent"])
                                          if one["urgent"] else "")
    due = one["decide_by"] or _("no statutory period")
    asked = _applicant(one, row["person"])
    rows = [
        (_("Case"), joined(row["case"], row["cause"])),
        (_("Procedure"), joined(word("procedure", detail.values["procedure"]), detail.values["court"])),
        (_("Parties"), _parties(detail)),
        (_("Challenged person"), joined(row["person"], word("case_role", row["role"]), _("appointed on {day}").format(
            day=row["appointed_on"]))),
        (_("Applicant"), asked),
        (_("Form and day"), joined(word("recusal_form", one["form"]), one["received_on"])),
        (_("Ground"), "\n".join(filter(None, (word("recusal_ground", one["ground_code"]), one["ground"])))),
        (_("Provision"), one["provision"]),
        (_("Suspended from"), suspended),
        (_("Decision due"), due),
        (_("Decided by"), one["decided_by"]),
        (_("Decision"), joined(word("recusal_decision", one["decision"]) if one["decided_on"] else "",
                               one["decided_on"], _late(one["late"]))),
        (_("Reasons"), one["decision_reason"]),
        (_("Right to reconsideration"), _("once, on receiving the decision; the person is not suspended during it")
         if one["by_party"] else _("none: no party applied")),
        (_("Reconsideration asked"), one["reconsideration_asked_on"]),
        (_("Reconsideration due"), one["reconsider_by"]),
        (_("Reconsideration"), joined(word("recusal_decision", one["reconsideration"]), one["reconsidered_on"],
                                      _late(one["reconsideration_late"]), one["reconsideration_reason"])),
        (_("Signatures"), _("Applicant:                    Clerk:                    Date:")),
    ]
    heads = "".join(f"<h2 align='center'>{escape(text)}</h2>" for text in (court, _("Register form of a recusal")))
    return heads + table(rows)


def decision_html(court: str, detail: Any, row: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    """The decision as a draft to be checked, numbered and sealed; of the reconsideration once it is decided."""
    again = one["stage"] in ("upheld", "changed")
    title = _("Decision on reconsideration") if again else _("Decision on recusal")
    role = word("case_role", row["role"])
    facts = {"case": row["case"] + row["cause"], "name": row["person"], "role": role,
             "applicant": _applicant(one, row["person"]), "day": plain(one["received_on"]),
             "form": word("recusal_form", one["form"]),
             "ground": "；".join(filter(None, (word("recusal_ground", one["ground_code"]), one["ground"])))}
    said = [_("Applicant: {applicant}").format(**facts), _("Challenged person: {name}, {role} in this case").format(
        **facts), _parties(detail)]
    said.append(_("In the case {case}, {applicant} asked on {day} ({form}) that the {role} {name} step aside, on the "
                  "ground: {ground}.").format(**facts))
    if one["suspended_from"]:
        said.append(_("{name} has been suspended from the work in this case since {day}.").format(
            name=row["person"], day=plain(one["suspended_from"])))
    elif one["urgent"]:
        said.append(_("The work was not suspended because of urgent measures: {reason}.").format(
            reason=one["urgent"]))
    if again:
        outcome = word("recusal_decision", one["decision"])
        said.append(_("On {day} it was decided: {outcome}. On {asked} the applicant asked for "
                      "reconsideration.").format(day=plain(one["decided_on"]), outcome=outcome,
                                                 asked=plain(one["reconsideration_asked_on"])))
    reasons = one["reconsideration_reason"] if again else one["decision_reason"]
    said.append(_("On examination it is held: {reasons}").format(reasons=reasons or "________"))
    said.append(_("Under {provision} and the provisions on deciding recusal ({clock}) it is decided:").format(
        provision=one["provision"] or "________", clock=_clock(one["nature"])))
    outcome = one["reconsideration"] if again else one["decision"]
    said.append((_("{name} shall step aside from this case.") if outcome == "granted" else
                 _("The application that {name} step aside is dismissed.")).format(name=row["person"]))
    if one["by_party"]:
        said.append(_("This decision on reconsideration is final.") if again else _(
            "Whoever does not accept this decision may ask this court once for reconsideration on receiving it. The "
            "challenged person is not suspended during reconsideration."))
    on = one["reconsidered_on"] if again else one["decided_on"]
    body = "".join(f"<p style='margin:0;{INDENT};line-height:150%'>{lines(text)}</p>" for text in said)
    return (f"<div style=\"{SERIF};font-size:16pt\"><p align='center' style='font-size:22pt'>{escape(court)}</p>"
            f"<p align='center' style='font-size:22pt'>{escape(title)}</p><p align='right'>{escape(row['case'])}</p>"
            f"{body}<p align='right' style='line-height:160%'>"
            f"{'<br>'.join(map(escape, (one['decided_by'], in_words(on), _('(seal of the court)'))))}</p></div>")


def plain(iso: str) -> str:
    """A day in running text: 2026年11月18日; ISO in English."""
    if not iso or language() == "en":
        return iso
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def in_words(iso: str) -> str:
    """A day as decisions write it: 二〇二六年十一月二十日; ISO in English."""
    if not iso or language() == "en":
        return iso or "________"
    day = date.fromisoformat(iso)
    year = "".join(DIGITS[int(sign)] for sign in f"{day.year:04d}")
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if not tens else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def _applicant(one: Mapping[str, Any], person: str) -> str:
    if one["by_party"]:
        side = word("party_side", one["side"])
        return f"{one['applicant']}（{side}）" if side else str(one["applicant"])
    return person if one["form"] == "self" else word("recusal_form", one["form"])


def _parties(detail: Any) -> str:
    return "；".join(f"{word('party_side', party['side'])}：{party['name']}" for party in detail.parties)


def _late(days: int) -> str:
    return _("{count} days late").format(count=days) if days else ""


def _clock(nature: str) -> str:
    from expertpool.rules.book import RuleBook

    return str(RuleBook.load().rule("D-RECUSAL").source_for(nature))
