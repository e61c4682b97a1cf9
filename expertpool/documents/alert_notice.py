"""The draft of a notice to the judge about an alert (警示通知): who, which case, what was found, what to do."""


from expertpool.accounts.pool_protocol import Pool
from expertpool.accounts.seeing import numbers_hidden
from expertpool.checks.alerts import AlertRow, alert_rows
from expertpool.documents.paper import Paper, Text
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem
from expertpool.rules import vocabulary


@numbers_hidden
def alert_notice(pool: Pool, uid: str) -> Paper:
    """The notice about an alert (uid), answered or not. Raises ``record.missing``."""
    row = next((row for row in alert_rows(pool, state="") if row.uid == uid), None)
    if row is None:
        raise UserProblem("record.missing", uid=uid)
    about = (_("Case: {case}").format(case=row.case),
             _("Presiding judge: {judge}").format(judge=row.judge or "＿＿＿＿"),
             _("Person: {person} ({role})").format(person=row.person, role=vocabulary.word("role", row.role)))
    found = (row.text, *_facts(row), _("Rule: {rule}  {source}").format(rule=row.rule, source=row.source))
    return Paper(_("Notice of a fact that may call for recusal (draft)"), (
        Text("\n".join(about)), Text("\n".join(found)), Text(_advice(row)),
        Text("\n".join(filter(None, (pool.name, str(today())))), "right")), number=row.case)


def _facts(row: AlertRow) -> list[str]:
    return [f"　　{place}. {vocabulary.word('fact', fact['what'])}：{fact['value']}"
            + (f"（{fact['source']}）" if fact.get("source") else "") for place, fact in enumerate(row.facts, 1)]


def _advice(row: AlertRow) -> str:
    """What the notice advises, by the gravity of the finding and by whether the person still serves."""
    return {
        ("block", True): _("Under this rule {person} may not go on. Please decide on the recusal; the pool can name "
                           "a replacement at once."),
        ("block", False): _("{person} took part in this case until the service ended. Please examine what follows "
                            "for the steps that were taken."),
        ("warn", True): _("Please verify the facts. If {person} goes on, the reason is to be written down."),
        ("warn", False): _("Please verify the facts and what follows for the steps that were taken."),
    }[row.level, row.serving].format(person=row.person)
