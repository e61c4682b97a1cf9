"""``journal`` and ``recycle``: entries, check, digest on paper, what was deleted."""

from dataclasses import asdict
from typing import Annotated

import typer

from expertpool.commands.frame import MOST_NUMBER, answer, opened, table
from expertpool.foundation.language import _
from expertpool.rules.operations import operation_words

app = typer.Typer(no_args_is_help=True, help="The journal: entries, check, digest (操作日志).")
recycle_app = typer.Typer(no_args_is_help=True, help="The recycle bin (回收站).")
MOST_WEEKS = 520
Number = Annotated[int, typer.Argument(max=MOST_NUMBER, help="Number of an entry of the journal.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.callback()
def _group() -> None:
    """The journal (操作日志)."""


@recycle_app.callback()
def _bin() -> None:
    """The recycle bin (回收站)."""


@app.command("list")
def listing(actor: str = "", operation: str = "", since: str = "", until: str = "", most: int = 50,
            json: Json = False) -> None:
    """The newest entries; days as 2026-11-23."""
    from expertpool.safekeeping.journal_keeping import EntryQuery, journal_ids, journal_rows

    with opened(create=False) as pool:
        rows = journal_rows(pool, journal_ids(pool, EntryQuery(actor, operation, since, until))[:most])
    answer([asdict(row) for row in rows], json, lambda: table(
        [(row.id, row.at[:19].replace("T", " "), row.actor, operation_words(asdict(row)), row.records,
          _("undone") if row.undone else "") for row in rows],
        (_("No."), _("Time (UTC)"), _("Who"), _("Operation"), _("Records"), "")))


@app.command("show")
def show(number: Number, json: Json = False) -> None:
    """Before and after of every record that an entry changed; personal numbers masked."""
    from expertpool.safekeeping.change_words import KINDS, column_word, table_word, value_words
    from expertpool.safekeeping.journal_keeping import journal_changes, undo_refusal

    with opened(create=False) as pool:
        found, refusal = journal_changes(pool, number), undo_refusal(pool, number)
    def words() -> str:
        lines = []
        for one in found:
            lines.append(f"{table_word(one.table)} {one.name} ({_(KINDS[one.kind])})")
            lines += [f"    {column_word(one.table, name)}: " + " → ".join(
                value_words(one.table, name, value) for value in pair) for name, pair in one.fields.items()]
        return "\n".join([*lines, refusal])

    answer({"changes": [asdict(one) for one in found], "undo_refused": refusal}, json, words)


@app.command("verify")
def verify(json: Json = False) -> None:
    """Read the whole journal and name the first entry that does not fit. Exit code 1 where one does not."""
    from expertpool.safekeeping.journal_keeping import WHY_WORDS, verify_journal

    with opened(create=False) as pool:
        found = verify_journal(pool)
    answer({"entries": found.count, "broken": found.broken, "why": found.why}, json, lambda: (
        _("{count} entries: all fit together, none was altered.").format(count=found.count) if found.broken is None
        else _("Entry {entry} does not fit ({why}). It, or one before it, was altered outside this program.").format(
            entry=found.broken, why=_(WHY_WORDS[found.why]))))
    if found.broken is not None:
        raise typer.Exit(1)


@app.command("digest")
def digest(at: Annotated[str, typer.Option(help="The end of this day, as 2026-11-23.")] = "",
           weeks: Annotated[int, typer.Option(min=0, max=MOST_WEEKS, help="The last weeks, for the paper.")] = 0,
           json: Json = False) -> None:
    """A short code that proves later what the journal was: write it down, or print it."""
    from expertpool.documents.journal_digest import digest_paper
    from expertpool.documents.paper_text import paper_text
    from expertpool.safekeeping.journal_keeping import journal_digest, weekly_digests

    with opened(create=False) as pool:
        if weeks:
            answer([{"week": day, **asdict(one)} for day, one in weekly_digests(pool, weeks)], json,
                   lambda: paper_text(digest_paper(pool, weeks)))
            return
        one = journal_digest(pool, at)
    answer(asdict(one), json, lambda: _("{code} (entry {entry} of {at})").format(
        code=one.code, entry=one.entry, at=one.at[:19].replace("T", " ")))


@app.command("check")
def check(code: str, json: Json = False) -> None:
    """Whether the journal still holds the state that a printed code stands for. Exit code 1 where it does not."""
    from expertpool.safekeeping.journal_keeping import DIGEST_WORDS, check_digest

    with opened(create=False) as pool:
        found = check_digest(pool, code)
    answer(asdict(found), json, lambda: _(DIGEST_WORDS[found.outcome]).format(entry=found.entry, at=found.at[:10],
                                                                    since=found.since, broken=found.broken))
    if found.outcome != "kept":
        raise typer.Exit(1)


@recycle_app.command("list")
def deleted(json: Json = False) -> None:
    """What was deleted and can come back."""
    from expertpool.safekeeping.journal_keeping import deleted_records

    with opened(create=False) as pool:
        rows = deleted_records(pool)
    answer([asdict(row) for row in rows], json, lambda: table(
        [(row.entry, row.at[:10], row.actor, row.kind, row.name, row.rows, row.uid) for row in rows],
        (_("Entry"), _("Day"), _("Who"), _("Kind"), _("Name"), _("Rows"), "uid")))


@recycle_app.command("restore")
def restore(entry: Number, uid: list[str], json: Json = False) -> None:
    """Bring records back that an entry deleted."""
    from expertpool.safekeeping.journal_keeping import restore_deleted

    with opened(create=False) as pool:
        changes = restore_deleted(pool, entry, uid)
    answer({"entry": changes.entry}, json, lambda: _("{count} records are back.").format(count=len(uid)))
