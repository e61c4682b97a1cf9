"""What of the rule book the program's code reads, found in its syntax trees.

A parameter counts as read where ``parameter(rule, name)`` or ``figure(rule, name, day)`` is called with both written
out (or a constant of a module); those of the ranking where the mapping of weights is asked by name. A rule of recusal
or eligibility counts as read where a table of checks names it; a stage where the checks of that rule are run at it:
the stage is followed through the functions and classes that hand it on. Whatever is read in another way counts as
unread, so that nobody can hide a read from this list.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RUNS = {"check_recusal": "CHECKS@recusal", "check_case": "CASE_CHECKS@recusal", "check_eligibility": "CHECKS@eligibility"}
WEIGHTS = "ranking"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Reads:
    """``checked``: name of a table of checks → its rules; ``stages``: the same → stages at which it is run."""

    rules: set[str] = field(default_factory=set)
    parameters: set[tuple[str, str]] = field(default_factory=set)
    weights: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # texts in the checks, among them the outcomes
    checked: dict[str, set[str]] = field(default_factory=dict)
    stages: dict[str, set[str]] = field(default_factory=dict)

    def unread(self, entries: Iterable[Mapping[str, Any]]) -> list[str]:
        """What stands in rules (as the files write them) and is read nowhere."""
        found = []
        for entry in entries:
            key = entry["id"]
            table = next((name for name, rules in self.checked.items() if key in rules), "")
            if not table and key not in self.rules:
                found.append(f"rule {key}")
            known = self.weights if key == WEIGHTS else {name for rule, name in self.parameters if rule == key}
            found += [f"parameter {key} {name}" for name in entry.get("parameters", {}) if name not in known]
            found += [f"stage {key} {stage}" for stage in entry.get("stages", ())
                      if stage not in self.stages.get(table, set())]
            found += [f"outcome {key} {name}" for name in entry.get("outcomes", {}) if name not in self.words]
        return found


def reads(folders: Iterable[Path] = (ROOT / "expertpool", ROOT / "ui")) -> Reads:
    """Everything that the code of these folders reads."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for folder in folders for path in folder.rglob("*.py")
             if not path.is_relative_to(ROOT / "expertpool" / "rules" / "schemas")}
    constants = _constants(trees)
    found = Reads()
    for path, tree in trees.items():
        for node in ast.walk(tree):
            _look_at(found, path, node, constants)
    form = json.loads((ROOT / "resources/templates/declaration_form.json").read_text(encoding="utf-8"))
    found.parameters |= {tuple(one["years"]) for one in form["questions"] if one.get("years")}
    found.rules |= {rule for rule, _name in found.parameters}
    table = json.loads((ROOT / "resources/rules/procedures.json").read_text(encoding="utf-8"))
    found.words |= {row["code"] for row in (*table["served"], *table["cross"])}
    found.stages = _stages(trees, constants)
    return found


Constants = dict[tuple[Path, str], Any]


def _constants(trees: Mapping[Path, ast.Module]) -> Constants:
    """(module, name) → a text or texts written at the top of the module, or taken from there by import."""
    found: Constants = {}
    for path, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.Assign):
                for target, value in _pairs(node.targets[0], node.value):
                    if isinstance(target, ast.Name):
                        found[path, target.id] = _literal(value)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                source = ROOT / (node.module.replace(".", "/") + ".py")
                for name in node.names:
                    if (source, name.name) in found:
                        found[path, name.asname or name.name] = found[source, name.name]
    return found


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _literal(node: ast.expr) -> Any:
    """A text, texts, or a member of ``Stage`` (as its value); None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(_literal(one) for one in node.elts)
    if isinstance(node, ast.Dict):
        return {_literal(key): None for key in node.keys if key is not None}
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Stage":
        return node.attr.lower()
    return None


def _look_at(found: Reads, path: Path, node: ast.AST, constants: Constants) -> None:
    def text(one: ast.expr) -> str:
        value = constants.get((path, one.id)) if isinstance(one, ast.Name) else _literal(one)
        return value if isinstance(value, str) else ""

    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        name, given = node.func.attr, [text(one) for one in node.args]
        if name in ("parameter", "figure") and len(given) >= 2 and given[0] and given[1]:
            found.parameters.add((given[0], given[1]))
        if name in ("rule", "version_on", "figures") and given and given[0]:
            found.rules.add(given[0])
    room = path.parent.name
    if isinstance(node, ast.Subscript) and room in ("relevance", "matching"):
        named = getattr(node.value, "attr", getattr(node.value, "id", ""))
        if named in ("weights", "rules"):
            found.weights.add(text(node.slice))
    if isinstance(node, ast.GeneratorExp | ast.ListComp) and room == "relevance":
        _by_loop(found, path, node, constants)
    if room in ("checks", "organisations") and isinstance(node, ast.Constant) and isinstance(node.value, str):
        found.words.add(node.value)
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id.endswith("CHECKS"):
        found.checked[f"{node.target.id}@{path.stem}"] = set(_literal(node.value) or ()) if node.value else set()


def _by_loop(found: Reads, path: Path, node: ast.GeneratorExp | ast.ListComp, constants: Constants) -> None:
    """``weights[name] for name in PARTS`` reads every name of ``PARTS``."""
    loop = node.generators[0]
    values = constants.get((path, ast.unparse(loop.iter))) or ()
    if isinstance(loop.target, ast.Name) and any(
            isinstance(one, ast.Subscript) and ast.unparse(one) == f"weights[{loop.target.id}]" for one in ast.walk(node)):
        found.weights |= set(values)


def _stages(trees: Mapping[Path, ast.Module], constants: Constants) -> dict[str, set[str]]:
    """Table of checks → stages at which it is run, followed back through whoever hands a stage on."""
    given: dict[str, set[str]] = defaultdict(set)
    handed: dict[str, set[str]] = defaultdict(set)  # function → functions and classes whose stage it is given
    takes = {owner: default for tree in trees.values() for owner, default in _takers(tree)}
    for path, tree in trees.items():
        for owner, scope, call in _calls(tree):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name not in takes:
                continue
            arguments = [*call.args, *(one.value for one in call.keywords)]
            direct = {stage for one in arguments for stage in _direct(one, path, scope, constants)}
            hands_on = any(ast.unparse(one) in ("stage", "self.stage") for one in arguments)
            given[name] |= direct or (set() if hands_on else {takes[name]} - {""})
            if hands_on and not direct:
                handed[name].add(owner)
    for _turn in range(len(takes)):
        for name, owners in handed.items():
            given[name] |= {stage for owner in owners for stage in given[owner]}
    return {table: given[function] for function, table in RUNS.items()}


def _takers(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Functions with an argument ``stage`` and classes with a field ``stage``, with its default."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            placed = [*node.args.posonlyargs, *node.args.args]
            names = [*placed, *node.args.kwonlyargs]
            defaults = [*[None] * (len(placed) - len(node.args.defaults)), *node.args.defaults, *node.args.kw_defaults]
            for one, default in zip(names, defaults, strict=True):
                if one.arg == "stage":
                    yield node.name, (_literal(default) or "") if default is not None else ""
        elif isinstance(node, ast.ClassDef) and any(
                isinstance(one, ast.AnnAssign) and ast.unparse(one.target) == "stage" for one in node.body):
            yield node.name, ""


def _calls(tree: ast.Module) -> Iterator[tuple[str, ast.AST, ast.Call]]:
    """Every call with whose it is: the function around it, or the class where it is a method that says ``self.stage``."""
    for top in tree.body:
        for scope in ([one for one in top.body if isinstance(one, Function)] if isinstance(top, ast.ClassDef) else [top]):
            for node in ast.walk(scope):
                if isinstance(node, ast.Call):
                    of_class = isinstance(top, ast.ClassDef) and any(
                        isinstance(one, ast.Attribute) and one.attr == "stage" for one in (
                            *node.args, *(given.value for given in node.keywords)))
                    yield (top.name if of_class else getattr(scope, "name", "")), scope, node


def _direct(one: ast.expr, path: Path, scope: ast.AST, constants: Constants) -> set[str]:
    """Stages written out in an argument, in a constant, or in a variable of the function around it."""
    if isinstance(one, ast.Name):
        value = constants.get((path, one.id))
        if isinstance(value, str):
            return {value}
        return {_literal(part) for node in ast.walk(scope) if isinstance(node, ast.Assign)
                and ast.unparse(node.targets[0]) == one.id for part in ast.walk(node.value)
                if isinstance(part, ast.Attribute) and _literal(part)}
    if isinstance(one, ast.Attribute) and (value := _literal(one)):
        return {value}
    return set()


def readers_of(schema: str) -> list[str]:
    """Modules (``rules.book``) that read a file by its schema: ``read(Schema)`` or ``law.Schema``."""
    return [module for module, names in _loaded().items() if schema in names]


@cache
def _loaded() -> dict[str, set[str]]:
    """Module → names that it uses, as they are or behind ``law.``; schemas themselves left out."""
    found = {}
    for path in sorted((ROOT / "expertpool").rglob("*.py")):
        if "schemas" not in path.parts and path.stem != "schemas":
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            found[".".join(path.relative_to(ROOT / "expertpool").with_suffix("").parts)] = {
                node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)} | {
                node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                and node.value.id == "law"}
    return found


def named_in_code() -> set[str]:
    """Every name that the code apart from the schemas asks something for: ``thing.name``, ``thing["name"]``."""
    found: set[str] = set()
    for path in (path for folder in ("expertpool", "ui") for path in (ROOT / folder).rglob("*.py")):
        if "schemas" not in path.as_posix():
            found |= set(re.findall(r"""["'.](\w+)""", path.read_text(encoding="utf-8")))
    return found
