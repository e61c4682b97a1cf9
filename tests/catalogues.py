"""The catalogue in step with the program: ``python -m tests.catalogues check | update [translations.json …]``.

``update`` extracts every text, keeps known translations, adds those of the JSON files, compiles.
"""

import io
import json
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "locale" / "zh_CN" / "LC_MESSAGES"
PO, MO = FOLDER / "expertpool.po", FOLDER / "expertpool.mo"
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}


def wanted() -> dict[str, list[tuple[str, int]]]:
    """Every text of core, command line and window, with where it stands."""
    found: dict[str, list[tuple[str, int]]] = {}
    for part in ("expertpool", "ui"):
        for name, line, text, _comments, _context in extract_from_dir(
                ROOT / part, method_map=[("**.py", "python")], keywords=KEYWORDS):
            for key in text if isinstance(text, tuple) else (text,):
                found.setdefault(key, []).append((f"{part}/{name}".replace("\\", "/"), line))
    return found


def known() -> Catalog:
    if not PO.exists():
        return Catalog(locale="zh_CN")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN")


def update(files: list[Path]) -> int:
    """Write the catalogue anew; returns how many texts still lack Chinese."""
    more: dict[str, str] = {}
    for path in files:
        more |= json.loads(path.read_text(encoding="utf-8"))
    old = known()
    new = Catalog(locale="zh_CN", project="ExpertPool", charset="utf-8", fuzzy=False)
    lacking = 0
    for text, places in sorted(wanted().items()):
        message = old.get(text)
        chinese = more.get(text) or (message.string if message else "")
        if isinstance(chinese, tuple):
            chinese = chinese[0]
        lacking += not chinese
        new.add(text, chinese, locations=[(place, 0) for place in sorted({name for name, _line in places})])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, new, width=110, omit_header=False, include_lineno=False, sort_output=True)
    with MO.open("wb") as file:
        write_mo(file, new)
    return lacking


def check() -> list[str]:
    """What is out of step, in words; empty if nothing is."""
    catalogue, texts, found = known(), wanted(), []
    for text in sorted(texts):
        message = catalogue.get(text)
        if message is None or not message.string:
            found.append(f"no Chinese: {text[:90]}  ({texts[text][0][0]})")
    for message in catalogue:
        if message.id and message.id not in texts:
            found.append(f"no longer used: {str(message.id)[:90]}")
        if message.id and message.string and _gaps(str(message.id)) != _gaps(str(message.string)):
            found.append(f"placeholders differ: {str(message.id)[:90]}")
    found += [f"a text inside an f-string is not extracted: {path.relative_to(ROOT)}: {line.strip()[:80]}"
              for part in ("expertpool", "ui") for path in sorted((ROOT / part).rglob("*.py"))
              for line in path.read_text(encoding="utf-8").splitlines()
              if re.search(r"f[\"'].*\{[^{}]*\b_\([\"']", line)]
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    if not MO.exists() or _strings(compiled.getvalue()) != _strings(MO.read_bytes()):
        found.append("the compiled catalogue is not that of the .po file")
    return found


def _strings(content: bytes) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in read_mo(io.BytesIO(content)) if m.id}


def _gaps(text: str) -> set[str]:
    import string

    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["update"]:
        print(f"catalogue written, {update([Path(a) for a in arguments[1:]])} texts lack Chinese")
        return 0
    found = check()
    print("\n".join(found) or "catalogue: in step")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
