"""The digest of the journal on paper (日志摘要单): one code a week, signed and kept away from the computer."""

from expertpool.documents.paper import Block, Code, Facts, Paper, Signature, Signatures, Span, Table, Text
from expertpool.foundation.dates import today
from expertpool.foundation.language import _
from expertpool.pool import ExpertPool
from expertpool.safekeeping.journal_keeping import journal_digest, weekly_digests

WEEKS = 12
WIDTHS = (18, 38, 14, 0)  # widths in per cent


def digest_paper(pool: ExpertPool, weeks: int = WEEKS) -> Paper:
    """Half a page: its purpose, today's code in large letters, the codes of earlier weeks, room to sign."""
    now, before = journal_digest(pool), weekly_digests(pool, weeks)
    purpose = _("Each code stands for everything the journal held at the end of that day. Kept on paper, it shows "
                "later whether an entry was altered, or the pool was put back to an older state: the program "
                "compares the code under Settings, Journal, or by the command “journal check”.")
    entry = f"{now.entry} · {now.at[:19].replace('T', ' ')} UTC"
    blocks: list[Block] = [
        Text(purpose),
        Facts(((_("Court"), pool.name), (_("Pool"), pool.place), (_("Entry"), entry), (_("Printed"), str(today())))),
        Code(now.code)]
    if before:
        heads = (_("Week to"), _("Code"), _("Entry"), _("Signature"))
        blocks.append(Table(heads, tuple((day, (Span(one.code, "code"),), str(one.entry), " ")
                                         for day, one in before), WIDTHS))
    return Paper(_("Digests of the journal"), (
        *blocks, Signatures((Signature(_("Kept by")), Signature(_("Date"))))))
