"""Who may do what, on the core's own verbs: every public function that takes the pool is called as every office.

A new verb fails this test until it stands in the table below with the operation it asks for; whoever lacks the
operation is refused before anything else happens, whatever the arguments.
"""

import ast
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import expertpool
from expertpool.accounts.permissions import SIGNED_OUT, Actor, may, offices, operations
from expertpool.foundation.problems import ExpectedError
from expertpool.pool import ExpertPool

ROOT = Path(expertpool.__file__).parent
FREE = ""  # settings only, or what the verb's own tests cover
READ = "read"

# module → verb → operation it asks for
VERBS: dict[str, dict[str, str]] = {
    "accounts.accounts": {
        "sign_in": FREE, "sign_out": FREE, "must_change": FREE, "accounts": "manage accounts",
        "add_account": "manage accounts", "change_account": "manage accounts", "set_password": "manage accounts",
        "unlock_account": "manage accounts", "remember_os_user": READ},
    "accounts.seeing": {"seen_by": FREE},
    "accounts.signed_in": {"signed_in": FREE, "reopen": FREE},
    "assignments.opinions": {
        "attach_opinion": "technical opinion", "opinion_rows": "read opinion", "save_opinion": "read opinion"},
    "experts.retention": {"retention_rules": FREE, "numbers_due": READ, "clear_numbers": "clear numbers"},
    "assignments.recusal_rows": {"recusal_rows": READ},
    "assignments.recusals": {
        "apply_for_recusal": "recusal application", "decide_recusal": "recusal application",
        "ask_reconsideration": "recusal application", "decide_reconsideration": "recusal application",
        "follow_up": READ},
    "assignments.service": {"assignment_rows": READ},
    "checks.next_step": {"change_assignment": "change assignment"},
    "cases.browse": {"case_ids": READ, "case_rows": READ, "case_counts": READ},
    "cases.details": {"case_detail": READ},
    "cases.docket": {"open_case": "open case", "edit_case": "edit case", "close_case": "edit case"},
    "cases.linking": {"link_by_hand": "edit case", "unlink": "edit case", "link_suggestions": READ},
    "declarations.form": {"form_contents": READ, "write_declaration_form": READ},
    "declarations.reading_back": {"preview_declarations": READ, "apply_declarations": "read declarations"},
    "workbook.sample_pool": {"make_sample_pool": "import workbook"},
    "workbook.workbook": {"export_pool": "export workbook", "import_pool": "import workbook"},
    "experts.number_search": {"numbers_to_seek": READ},
    "experts.browse": {"people_ids": READ, "people_rows": READ, "people_counts": READ},
    "experts.comparing": {"compare": READ},
    "declarations.recording": {"declare": "declare", "declaration_state": READ, "due_declarations": READ},
    "experts.details": {"person_detail": READ, "known_person": READ, "reveal": "reveal", "note_reveal": "reveal", "person_history": READ},
    "experts.merge": {"absorbed_people": READ, "merge": "merge people", "unmerge": "unmerge people"},
    "organisations.edits": {
        "set_unit": "edit organisation", "merge_units": "edit organisation", "answer_units": "edit organisation"},
    "organisations.browse": {"unit_rows": READ, "unit_detail": READ},
    "organisations.suggestions": {"suggestions": READ},
    "organisations.register": {
        "add_alias": "edit organisation", "remove_alias": "edit organisation", "link": "edit organisation",
        "unlink": "edit organisation"},
    "experts.standing": {"preview_states": READ, "change_states": "change standing"},
    "cases.closing": {"preview_closing": READ, "close_cases": "edit case"},
    "experts.pairs": {"possible_pairs": READ, "answer_pair": "answer duplicate", "answers_about": READ},
    "experts.register": {"register": "register", "edit": "edit person", "change_state": "change standing"},
    "importing.approval": {"approve_import": "approve import", "pending_imports": READ},
    "importing.batches": {"batches": READ, "undo_preview": READ, "undo_batch": "undo import"},
    "importing.cases": {"import_cases": "import cases", "preview_cases": READ, "decide_cases": READ,
                        "apply_cases": "import cases"},
    "importing.deciding": {"decide": READ, "comparing": READ},
    "importing.experts": {"import_experts": "import experts", "preview_experts": READ,
                          "apply_plan": "import experts"},
    "importing.remembered": {"all_remembered": FREE, "remembered": FREE, "remember": "remember columns",
                             "forget": "remember columns", "offers": FREE},
    "importing.waiting": {"waiting_rows": READ, "settle_waiting": "settle waiting row"},
    "insights.overview": {"overview": READ, "newest_operations": READ},
    "checks.alerts": {"alert_rows": READ, "answer_alert": "answer alert"},
    "checks.check": {"check": READ},
    "matching.appoint": {"appoint": "appoint"},
    "checks.check_sheet": {"check_sheet": READ, "live_sheet": READ, "dismissal_of": READ},
    "checks.dismissals": {"dismiss": "dismiss finding", "take_back": "dismiss finding", "dismissal_rows": READ},
    "draws.drawing": {"open_draw": "draw", "complete_draw": "draw", "void_draw": "draw", "open_names": "draw"},
    "draws.answers": {"answer_draw": "draw", "declines": READ},
    "draws.certificate": {"certificate": READ},
    "draws.conditions": {"preview": READ},
    "draws.browse": {"draw_rows": READ, "draw_detail": READ},
    "documents.alert_notice": {"alert_notice": READ},
    "documents.answer_sheet": {"answer_sheet": READ},
    "documents.check_sheet": {"appointment_sheet": READ, "person_sheet": READ},
    "documents.declaration_paper": {"declaration_paper": READ},
    "documents.draw_record": {"draw_record": READ},
    "documents.journal_digest": {"digest_paper": "verify journal"},
    "documents.personal_copy": {"holdings": "reveal", "personal_copy": "reveal"},
    "documents.recovery": {"recovery_sheet": "manage vault"},
    "documents.recusal": {"load_file": READ, "recusal_decision": READ, "recusal_register": READ},
    "checks.merge_effects": {"merge_effects": READ},
    "checks.alias_effects": {"alias_effects": READ, "link_effects": READ},
    "organisations.path": {"path_between": READ},
    "matching.panels": {"panel": READ},
    "planning.plan": {"make_plan": READ},
    "planning.apply": {"check_plan": READ, "apply_plan": "apply plan"},
    "matching.ranking": {"rank": READ, "open_case_numbers": READ},
    "matching.relaxations": {"relaxations": READ},
    "checks.screening_index": {"screen": READ, "screening_index": READ},
    "relevance.similar_cases": {"similar_cases": READ},
    "relevance.field_suggestion": {"suggest_fields": READ},
    "checks.recheck": {"sweep": "sweep"},
    "relevance.texts": {"relevance": READ, "case_relevance": READ, "text_index": READ, "keep_cache": READ},
    "rosters.roster": {"roster_title": FREE, "roster_table": READ, "export_roster": "export roster"},
    "safekeeping.backups": {
        "rules_of": FREE, "backup_folder": FREE, "second_folder": FREE, "automatic": FREE, "backup_state": READ,
        "backups": "back up", "back_up": "back up", "prove": "back up", "due": FREE, "keep_daily": FREE,
        "before": FREE, "choose_places": "change setting", "restore_preview": "restore", "restore_backup": "restore"},
    "safekeeping.database_check": {"check_database": "check database"},
    "safekeeping.journal_keeping": {
        "journal_ids": "read journal", "journal_rows": "read journal", "journal_changes": "read journal",
        "journal_choices": "read journal", "undo_refusal": "read journal",
        "verify_journal": "verify journal", "journal_digest": "verify journal", "weekly_digests": "verify journal",
        "check_digest": "verify journal", "deleted_records": "restore deleted",
        "restore_deleted": "restore deleted"},
    "safekeeping.moving": {"move_database": "move database"},
    "safekeeping.key_keeping": {
        "key_state": READ, "recovery_paper": "manage vault", "renew_recovery": "manage vault",
        "hand_over": "manage vault"},
    "pool": {"watch": FREE,
        "read": READ, "write": FREE, "own_write": READ, "relist": FREE, "setting": FREE, "set_setting": "change setting", "set_parts": "change setting",
        "counts": READ, "badges": READ, "find": READ, "state": READ, "check_journal": "verify journal",
        "undo": "undo", "undo_last": "undo", "next_undo": "undo", "close": FREE, "hold": FREE},
    "past_pool": {"as_of": "read journal"},
}
INNER = {"checks.screening_index.screened", "relevance.text_parts.text_parts", "importing.approval.state_of_new",
         "safekeeping.backups.beside", "storage.keys.beside", "storage.keys.make"}  # inside a verb, or of no open pool
HEAVY = {"make_sample_pool"}  # called only as those who may not


def found_verbs() -> dict[str, Callable[..., Any]]:
    """Every public function whose first parameter is the pool, and the pool's own public methods."""
    found: dict[str, Callable[..., Any]] = {}
    for info in pkgutil.walk_packages(expertpool.__path__, "expertpool."):
        if ".migrations" in info.name or info.name.startswith(("expertpool.commands", "expertpool.cli")):
            continue
        module = importlib.import_module(info.name)
        for name, verb in vars(module).items():
            if inspect.isfunction(inspect.unwrap(verb)) and getattr(verb, "__module__", "") == info.name and (
                    not name.startswith("_")):
                first = next(iter(inspect.signature(verb).parameters), "")
                if first == "pool":
                    found[f"{info.name.removeprefix('expertpool.')}.{name}"] = verb
    for name, method in vars(ExpertPool).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            found[f"pool.{name}"] = method
    return found


def listed() -> dict[str, str]:
    return {f"{module}.{name}": operation for module, verbs in VERBS.items() for name, operation in verbs.items()}


def test_every_verb_stands_in_the_table() -> None:
    assert set(found_verbs()) - INNER == set(listed())
    assert set(listed().values()) - {FREE} <= set(operations())


def argument(kind: Any, folder: Path) -> Any:
    """Something of the kind: whoever may is let in with it and fails later; nobody else gets that far."""
    origin = typing.get_origin(kind) or kind
    if origin in (Sequence, Collection, Iterable, list, tuple):
        return ()
    if origin is Callable:
        return lambda *_given: None
    if origin in (Mapping, dict):
        return {}
    simple: dict[Any, Any] = {str: "无", int: 1, bool: False, Path: folder / "x.xlsx"}
    if origin in simple:
        return simple[origin]
    try:
        return origin(**{name: argument(typing.get_type_hints(origin)[name], folder)
                         for name, one in inspect.signature(origin).parameters.items() if one.default is one.empty})
    except Exception:
        return object.__new__(origin)


def call(pool: ExpertPool, verb: Callable[..., Any], folder: Path) -> str:
    """Call the verb with arguments of the right kinds; the code of the refusal, "" where it let us in."""
    own = inspect.unwrap(verb)
    hints = {name: eval(kind, vars(inspect.getmodule(own))) if isinstance(kind, str) else kind  # noqa: S307
             for name, kind in inspect.get_annotations(own).items() if name not in ("return", "pool", "self")}
    given = [argument(hints.get(name, str), folder)
             for name, one in list(inspect.signature(verb).parameters.items())[1:]
             if one.default is one.empty and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    named = {name: argument(hints.get(name, str), folder) for name, one in inspect.signature(verb).parameters.items()
             if one.default is one.empty and one.kind is one.KEYWORD_ONLY}
    try:
        result = verb(pool, *given, **named)
        if hasattr(result, "__enter__"):
            with result:
                pass
        elif inspect.isgenerator(result):
            next(result, None)
    except ExpectedError as error:
        return error.code if error.code.startswith("permission.") else ""
    except Exception:
        return ""
    return ""


@pytest.mark.parametrize("office", [*offices(), "no such office"])
def test_the_whole_matrix(office: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where a verb is let in with a made-up folder, it writes here
    verbs, wrong = found_verbs(), []
    actor = Actor("某人", office)
    with ExpertPool.open(tmp_path / "库.expertpool", actor=actor) as pool:
        for name, operation in listed().items():
            if operation == FREE or (may(actor, operation) and verbs[name].__name__ in HEAVY):
                continue
            answer = call(pool, verbs[name], tmp_path)
            if (answer == "permission.denied") == may(actor, operation):
                wrong.append(f"{name} as {office}: {answer or 'let in'}, asks for {operation}")
    assert not wrong, "\n".join(wrong)


def test_nobody_signed_in_may_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    verbs = found_verbs()
    with ExpertPool.open(tmp_path / "库.expertpool", actor=SIGNED_OUT) as pool:
        let_in = [name for name, operation in listed().items()
                  if operation != FREE and call(pool, verbs[name], tmp_path) != "permission.signed_out"]
    assert not let_in


def test_full_numbers_are_for_whoever_may_reveal(tmp_path: Path) -> None:
    from expertpool.experts.comparing import compare
    from expertpool.experts.details import person_detail

    for office in offices():
        actor = Actor("某人", office)
        with ExpertPool.open(tmp_path / f"{office}.expertpool", actor=actor) as pool:
            for ask in (lambda p=pool: person_detail(p, "x", revealed=True),
                        lambda p=pool: compare(p, "x", "y", revealed=True)):
                with pytest.raises(ExpectedError) as refused:
                    ask()
                assert (refused.value.code == "permission.denied") != may(actor, "reveal")


def named_operations() -> set[str]:
    """Every operation that the code names: in write(…), own_write(…), demand(…), may(…), or as OPERATION."""
    found: set[str] = set()
    for path in ROOT.rglob("*.py"):
        constants: dict[str, str] = {}
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                names = [n for target in node.targets for n in (target.elts if isinstance(target, ast.Tuple) else [target])]
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                constants.update({name.id: value.value for name, value in zip(names, values, strict=False)
                                  if isinstance(name, ast.Name) and isinstance(value, ast.Constant)
                                  and isinstance(value.value, str)})
        for node in ast.walk(tree):  # constants that another module keeps
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("expertpool."):
                constants.update({alias.name: value for alias in node.names if alias.name.isupper() and isinstance(
                    value := getattr(importlib.import_module(node.module or ""), alias.name, None), str)})
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                found.update(default.value for name, default in zip(node.args.kwonlyargs, node.args.kw_defaults,
                                                                    strict=True)
                             if name.arg == "operation" and isinstance(default, ast.Constant))
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = {"write": 0, "demand": 1, "may": 1, "holds_office": 2}.get(called)
                owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
                if place is None or len(node.args) <= place or (called == "write" and not owner.endswith(("pool", "self"))):
                    continue
                given = node.args[place]
                if isinstance(given, ast.Constant):
                    found.add(given.value)
                elif isinstance(given, ast.Name) and given.id in constants:
                    found.add(constants[given.id])
    return found


def test_every_operation_is_declared_and_used() -> None:
    declared, named = set(operations()), named_operations()
    assert named - declared == set()
    assert declared - named == set()
