"""The check sheet (核对表) of an answer as PDF: who may serve in which order, who may not and under which law."""

from html import escape
from pathlib import Path

from expertpool.foundation.language import _
from expertpool.matching.ranking import Candidate, Excluded
from ui.matching.reading import Answer, level_pill, under
from ui.printing import write_pdf
from ui.texts import clock, joined, word


def save_sheet(answer: Answer, target: Path) -> None:
    """Write the sheet; raises OSError where the file cannot be written."""
    write_pdf(sheet_html(answer), _("Check sheet") + f" {answer.number}", target)


def sheet_html(answer: Answer) -> str:
    """The sheet as a document."""
    ranking, values = answer.ranking, answer.card.detail.values
    head = joined(values["cause"], word("procedure", values["procedure"]), values["court"])
    checked = _("Checked {time} · rule book {version}").format(
        time=clock(ranking.checked_at), version=ranking.rules_version)
    parties = "；".join(f"{word('party_side', party['side'])}：{party['name']}"
                       for party in answer.card.detail.parties)
    said = (head, parties, word("case_role", ranking.role), checked)
    lines = [f"<h2>{escape(_('Check sheet'))} {escape(answer.number)}</h2>",
             *(f"<p>{escape(text)}</p>" for text in said if text),
             _people(_("May serve"), ranking.candidates, answer), _people(_("To verify"), ranking.to_verify, answer),
             _people(_("May not serve"), ranking.excluded, answer)]
    return "".join(lines)


def _people(title: str, people: list[Candidate] | list[Excluded], answer: Answer) -> str:
    rows = []
    for place, one in enumerate(people, 1):
        if isinstance(one, Candidate):
            first = f"{one.name}，{under(one)}"
            said = [joined(f"{one.score:g}", *one.reasons)]
        else:
            first, said = f"{one.name}，{one.employer}", []
        said += [f"[{level_pill(hit, answer.fixed)[0]}] {hit.text} {hit.source}" for hit in one.findings]
        rows.append(f"<tr><td>{place}</td><td>{escape(first)}</td><td>{'<br>'.join(map(escape, said))}</td></tr>")
    body = "".join(rows) or f"<tr><td colspan='3'>{escape(_('Nobody'))}</td></tr>"
    return (f"<h3>{escape(title)} {len(people)}</h3><table width='100%' border='1' cellspacing='0' cellpadding='3' "
            f"style='border-collapse:collapse'>{body}</table>")
