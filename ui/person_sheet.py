"""The check sheet (核对表) of one person and one case on paper: every rule, findings with facts, answers, print."""

from html import escape

from expertpool.checks.check_sheet import CheckSheet, SheetHit
from expertpool.foundation.language import _
from ui.printing import lines, ruled, table
from ui.texts import clock, joined, word


def person_sheet_html(sheet: CheckSheet, court: str) -> str:
    """The sheet as a document."""
    head = [(_("Case"), "\n".join([sheet.number, *(f"{name}：{value}" for name, value in sheet.case)])),
            (_("Expert"), joined(sheet.person, sheet.unit)), (_("Role"), word("case_role", sheet.role)),
            *sheet.person_facts]
    if sheet.stored:
        head.append((_("Appointment"), joined(sheet.appointed_on, word("assignment_state", sheet.state))))
    parts = [f"<h2 align='center'>{escape(court)}</h2>" if court else "",
             f"<h2 align='center'>{escape(_('Check sheet: recusal and eligibility'))}</h2>", table(head),
             f"<h3>{escape(_verdict(sheet))}</h3>", _rules(sheet)]
    lifted = [one for one in sheet.answers if one.level == "block"]
    for title, answers in ((_("Blocks lifted by special approval"), lifted),
                           (_("Reasons given for what had to be verified"),
                            [one for one in sheet.answers if one.level != "block"])):
        if answers:
            parts.append(f"<h3>{escape(title)}</h3>" + table([
                ("、".join(one.rules), "\n".join((one.reason, joined(one.by, one.office, clock(one.at)))))
                for one in answers], 16))
    parts.append(_foot(sheet))
    return "".join(parts)


def _verdict(sheet: CheckSheet) -> str:
    levels = [hit.level for rule in sheet.rules for hit in rule.hits]
    return _("{rules} rules checked: {blocks} forbid, {warnings} to verify, {hints} hints").format(
        rules=len(sheet.rules), blocks=levels.count("block"), warnings=levels.count("warn"),
        hints=levels.count("inform"))


def _rules(sheet: CheckSheet) -> str:
    heads = "".join(f"<td><b>{escape(text)}</b></td>" for text in (_("Rule"), _("Result, facts and provision")))
    rows = [f"<tr>{heads}</tr>"]
    lifted = {key for one in sheet.answers if one.level == "block" for key in one.rules}
    for rule in sheet.rules:
        said = "<br>".join(_hit(hit, rule.rule in lifted) for hit in rule.hits) or (
            f"{escape(_('nothing found'))}<br><small>{escape(rule.source)}</small>")
        rows.append(f"<tr><td width='24%'><b>{escape(rule.rule)}</b> {escape(rule.title)}</td><td>{said}</td></tr>")
    return ruled("".join(rows))


def _hit(hit: SheetHit, lifted: bool) -> str:
    level = word("level", hit.level) if not hit.dismissed else _("dismissed as a false alarm")
    if lifted and hit.level == "block":
        level = joined(level, _("lifted"))
    text = f"<b>[{escape(level)}]</b> {escape(hit.text)}"
    if hit.dismissed:
        text += "<br>" + escape(_("Why dismissed: {reason}").format(reason=hit.dismissed))
    facts = [f"{what}“{value}”" + (f"（{source}）" if source else "") for what, value, source in hit.facts]
    told = [text, *(f"&nbsp;&nbsp;{lines(fact)}" for fact in facts), f"<small>{escape(hit.source)}</small>"]
    return "<br>".join(told)


def _foot(sheet: CheckSheet) -> str:
    rows = [(_("Checked at"), clock(sheet.checked_at)), (_("Rule book"), sheet.rules_version)]
    if sheet.other_rules:
        rows.append(("", _("The rule book has changed since. Findings and provisions are those of the check; the "
                           "list of rules and their titles are today's as in force on that day.")))
    agrees = _("agrees: worked out again from the stored record") if sheet.intact else _(
        "DOES NOT AGREE: the stored record is not as it was written")
    rows.append((_("Fingerprint"), f"{sheet.fingerprint[:32]}\n{sheet.fingerprint[32:]}\n"
                 + (agrees if sheet.stored else _("of a check without an appointment; nothing is stored"))))
    rows.append((_("Signatures"), _("Checked by:                    Approved by:                    Date:")))
    return "<p></p>" + table(rows, 16)
