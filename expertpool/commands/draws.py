"""``draw``: freeze, draw, answer, open, void, certify, verify (随机抽取)."""

import secrets
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from expertpool.accounts.pool_protocol import Pool
from expertpool.commands.assigning import role_code
from expertpool.commands.frame import answer, opened, problem_row, say, table
from expertpool.foundation.files import write_whole
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import _
from expertpool.foundation.problems import UserProblem
from expertpool.rules import vocabulary

app = typer.Typer(no_args_is_help=True, help="Draws by lot with a certificate (随机抽取).")
Json = Annotated[bool, typer.Option("--json", help="One JSON document.")]
Uid = Annotated[str, typer.Argument(help="Uid of the draw.")]
SEALED, PUBLIC = "two", "public"


@app.command("make")
def make(
    number: Annotated[str, typer.Argument(help="Case number in any spelling.")],
    operator: Annotated[str, typer.Option(help="Who draws.")],
    witness: Annotated[str, typer.Option(help="Who watches; somebody else.")],
    place: Annotated[str, typer.Option(help="Where it is drawn.")],
    role: Annotated[str, typer.Option(help="Role wanted, as code or word; by default the case's.")] = "",
    mains: Annotated[int, typer.Option(help="How many are needed.")] = 1,
    reserves: Annotated[int, typer.Option(help="How many reserves, who step up in order.")] = 2,
    field: Annotated[list[str], typer.Option("--field", help="Code of a field wanted (repeat for several).")] = [],  # noqa: B006
    closeness: Annotated[str, typer.Option(help="subgroup, main_group, subclass, class, wipo or group.")] = "wipo",
    court: Annotated[list[str], typer.Option("--court", help="Appointing court (repeat).")] = [],  # noqa: B006
    court_level: Annotated[list[str], typer.Option("--court-level", help="Level of that court (repeat).")] = [],  # noqa: B006
    title: Annotated[list[str], typer.Option("--title", help="Level of title, as code or word (repeat).")] = [],  # noqa: B006
    region: Annotated[list[str], typer.Option("--region", help="Region of the unit (repeat).")] = [],  # noqa: B006
    unit_kind: Annotated[list[str], typer.Option("--unit-kind", help="Kind of unit, as code or word (repeat).")] = [],  # noqa: B006
    exclude: Annotated[list[str], typer.Option("--exclude", help="UID=reason (repeat).")] = [],  # noqa: B006
    clean_only: Annotated[bool, typer.Option("--clean-only", help="Nobody who must be verified takes part.")] = False,
    by_load: Annotated[bool, typer.Option("--by-load", help="Fewer open cases, more chances.")] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Names stay closed until they are opened.")] = False,
    open_at: Annotated[str, typer.Option(help="Local moment from which one officer may open them.")] = "",
    commitment: Annotated[str, typer.Option(help="Sealed half of the operator; made here by default.")] = "",
    public_source: Annotated[str, typer.Option(help="Public value to be read later, instead of two halves.")] = "",
    purpose: Annotated[str, typer.Option(help="What for.")] = "",
    witness_unit: Annotated[str, typer.Option(help="Where the witness comes from.")] = "",
    ground: Annotated[str, typer.Option(help="Why there is another draw for the case.")] = "",
    json: Json = False,
) -> None:
    """Freeze conditions and candidates. Without --commitment a half is made and sealed; keep half and salt."""
    from expertpool.draws.algorithm import commitment as sealed_half
    from expertpool.draws.browse import draw_detail
    from expertpool.draws.conditions import DrawConditions
    from expertpool.draws.drawing import open_draw

    half = salt = ""
    if not public_source and not commitment:
        half, salt = secrets.token_hex(8), secrets.token_hex(8)
        commitment = sealed_half(half, salt)
    conditions = DrawConditions(
        role_code(role), tuple(field), _level(closeness), tuple(court), tuple(court_level),
        tuple(vocabulary.code_of("title_level", one) or one for one in title), tuple(region),
        tuple(vocabulary.code_of("organisation_kind", one) or one for one in unit_kind),
        tuple(_excluded(one) for one in exclude), not clean_only, False, mains, reserves,
        "load" if by_load else "none", purpose, place, operator, witness, witness_unit,
        PUBLIC if public_source else SEALED, public_source, blind, open_at)
    with opened(create=False) as pool:
        made = open_draw(pool, number, conditions, commitment, ground=ground)
        detail = draw_detail(pool, made.uid)
    for problem in made.warnings:
        say(problem.text)
    row = {"uid": made.uid, "case": detail.case, "number": made.number, "fingerprint": made.fingerprint,
           "eligible": made.eligible, "excluded": made.excluded, "by_rule": detail.by_rule(),
           "commitment": commitment, "half": half, "salt": salt,
           "warnings": [problem_row(one) for one in made.warnings]}
    answer(row, json, lambda: _made_words(row))


@app.command("complete")
def complete(uid: Uid,
             half: Annotated[str, typer.Option(help="The operator's half, as it was sealed.")] = "",
             salt: Annotated[str, typer.Option(help="The salt it was sealed with.")] = "",
             witness_half: Annotated[str, typer.Option(help="The witness's half, or the public value.")] = "",
             json: Json = False) -> None:
    """Draw: both halves make the seed, the seed the order."""
    from expertpool.draws.drawing import complete_draw

    with opened(create=False) as pool:
        complete_draw(pool, uid, half, salt, witness_half)
        row = _detail_row(pool, uid)
    answer(row, json, lambda: _in_words(row))


@app.command("answer")
def reply(uid: Uid,
          label: Annotated[str, typer.Argument(help="Label of the person drawn.")],
          said: Annotated[str, typer.Argument(help="accept, decline, no_answer, undecided or released.")],
          reason: Annotated[str, typer.Option(help="Why somebody declines, or what was verified.")] = "",
          caller: Annotated[str, typer.Option(help="Who asked.")] = "",
          at: Annotated[str, typer.Option(help="When it was said; by default now.")] = "",
          json: Json = False) -> None:
    """Enter an answer; who accepts is appointed, who leaves is followed by the next reserve."""
    from expertpool.draws.answers import answer_draw

    with opened(create=False) as pool:
        answer_draw(pool, uid, label, said, reason, caller, at)
        row = _detail_row(pool, uid)
    answer(row, json, lambda: _in_words(row))


@app.command("open")
def open_(uid: Uid,
          officer: Annotated[list[str], typer.Option("--officer", help="Who opens (two, or one from the hour).")],
          reason: Annotated[str, typer.Option(help="Why now.")] = "", json: Json = False) -> None:
    """Open the names of a blind draw."""
    from expertpool.draws.drawing import open_names

    with opened(create=False) as pool:
        open_names(pool, uid, officer, reason)
        row = _detail_row(pool, uid)
    answer(row, json, lambda: _in_words(row))


@app.command("void")
def void(uid: Uid, ground: Annotated[str, typer.Option(help="Why it does not count.")], json: Json = False) -> None:
    """Declare a draw void before anybody accepted."""
    from expertpool.draws.drawing import void_draw

    with opened(create=False) as pool:
        void_draw(pool, uid, ground)
        row = _detail_row(pool, uid)
    answer(row, json, lambda: _in_words(row))


@app.command("list")
def listing(case: Annotated[str, typer.Option(help="Case number in any spelling.")] = "", json: Json = False) -> None:
    """List draws, newest first."""
    from expertpool.draws.browse import draw_rows
    from expertpool.draws.words import draw_word, turn_words

    with opened(create=False) as pool:
        rows = draw_rows(pool, case)
    answer(rows, json, lambda: table(
        [(row.case, turn_words(row.number, row.of), draw_word(row.state), row.candidates,
          row.accepted, row.code, row.uid) for row in rows],
        [_("Case number"), _("Draw"), _("State"), _("Candidates"), _("Accepted"), _("Check code"), "uid"]))
    say(_("{count} draws").format(count=len(rows)))


@app.command("certificate")
def certify(uid: Uid, file: Annotated[Path, typer.Argument(help="Where to write it (.json).")],
            json: Json = False) -> None:
    """Write the certificate of a draw."""
    from expertpool.draws.certificate import certificate, certificate_text

    with opened(create=False) as pool:
        content = certificate(pool, uid)
    try:
        write_whole(file, certificate_text(content).encode())
    except OSError as error:
        raise UserProblem("draw.unwritable", file=file.name) from error
    row = {"file": str(file), "case": content["record"]["case"], "check_code": content["check_code"],
           "certificate": content["certificate"]}
    answer(row, json, lambda: _("{file}: check code {code}").format(file=file.name, code=content["check_code"]))


@app.command("verify")
def verify_(file: Annotated[Path, typer.Argument(help="A certificate file.")],
            alone: Annotated[bool, typer.Option("--alone", help="Compute only, open no pool.")] = False,
            json: Json = False) -> None:
    """Compute a certificate again, and compare it with the pool's draw. Exit code 1 if it does not hold."""
    from expertpool.draws.verify import verify
    from expertpool.draws.words import check_word

    try:
        data = file.read_bytes()
    except OSError as error:
        raise UserProblem("draw.unreadable", file=file.name) from error
    if alone:
        found = verify(data)
    else:
        with opened(create=False) as pool:
            found = verify(data, pool)
    row = {"valid": found.valid, "compared": found.compared, "case": found.case, "check_code": found.check_code,
           "checks": [{"code": one.code, "holds": one.holds, "detail": one.detail} for one in found.checks]}
    lines = [f"{'✓' if one.holds else '✗'} {check_word(one.code)} {one.detail}".rstrip() for one in found.checks]
    answer(row, json, lambda: "\n".join([*lines, verdict(found)]))
    sys.stdout.flush()
    if not found.valid:
        raise typer.Exit(1)


@app.command("explain")
def explain() -> None:
    """Print how a draw is computed, so that it can be repeated without this program."""
    from expertpool.draws.certificate import description
    from expertpool.foundation.language import language

    sys.stdout.write(description("en" if language() == "en" else "zh_CN"))


def verdict(found: Any) -> str:
    """The outcome of verifying, in one sentence."""
    if not found.valid:
        return _("The certificate does not hold.")
    if found.compared:
        return _("The certificate holds, and the pool keeps the same draw ({code}).").format(code=found.check_code)
    return _("The certificate holds in itself; this pool does not have the draw ({code}).").format(
        code=found.check_code)


def _excluded(text: str) -> tuple[str, str]:
    uid, _sign, reason = text.partition("=")
    return uid.strip(), reason.strip()


def _level(text: str) -> str:
    from expertpool.fields.closeness import LEVELS

    if text not in LEVELS:
        raise typer.BadParameter(" / ".join(LEVELS))
    return text


def _detail_row(pool: Pool, uid: str) -> JsonObject:
    from expertpool.draws.browse import draw_detail

    one = draw_detail(pool, uid)
    return {"uid": one.uid, "case": one.case, "number": one.number, "of": one.of, "state": one.state,
            "fingerprint": one.fingerprint, "seed": one.seed, "check_code": one.code, "masked": one.masked,
            "places": [{"place": place.place, "main": place.main, "label": place.label, "name": place.name,
                        "unit": place.unit, "state": place.state, "asked": place.asked, "reason": place.reason,
                        "verify": list(place.verify)} for place in one.places]}


def _in_words(row: JsonObject) -> str:
    from expertpool.draws.words import draw_word, place_word, turn_words

    head = " · ".join(filter(None, (row["case"], turn_words(row["number"], row["of"]), draw_word(row["state"]),
                                    row["check_code"])))
    return head + "\n" + table(
        [(one["place"], _("Main") if one["main"] else _("Reserve"), one["label"], one["name"], one["unit"],
          place_word(one["state"])) for one in row["places"]],
        [_("Place"), "", _("Label"), _("Name"), _("Unit"), _("State")])


def _made_words(row: JsonObject) -> str:
    lines = [_("Draw {number} for {case} is frozen: {eligible} take part, {excluded} excluded.").format(**row),
             f"uid {row['uid']}", _("Fingerprint {fingerprint}").format(**row)]
    if row["half"]:
        lines.append(_("Sealed as {commitment}. Keep half {half} and salt {salt}; both are needed to draw.").format(
            **row))
    return "\n".join(lines)
