"""The tree of technical fields: court group → WIPO field → IPC subclass; beside it section → class."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property

from expertpool.fields import taxonomy
from expertpool.fields.symbols import parts, written
from expertpool.foundation.json_values import JsonObject
from expertpool.foundation.language import language as language_in_force
from expertpool.foundation.problems import UserProblem

STEP = " › "
_NUMBERED = re.compile(r"(\d{1,2})[\s.、:]*(\D.*)")


@dataclass(frozen=True, slots=True)
class FieldNode:
    """One place of the tree. ``kind``: group, wipo, section, class, subclass or symbol."""

    code: str
    kind: str
    zh: str
    en: str
    parents: tuple[str, ...] = ()


def plain(name: str) -> str:
    """A name for comparing: NFKC, no spaces, lower case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).casefold()


class FieldTree:
    """All fields with their places in the tree; immutable. Get the only instance by :func:`tree`."""

    def __init__(self) -> None:
        groups, fields = taxonomy.document("groups")["groups"], taxonomy.document("wipo")["fields"]
        self._groups: dict[str, JsonObject] = {group["code"]: group for group in groups}
        self._wipo: dict[str, JsonObject] = {field["code"]: field for field in fields}
        self._known_groups: dict[str, tuple[str, ...]] = {}  # places made so far
        self._places: dict[str, list[str]] = {}  # IPC place → WIPO fields
        self._near: dict[str, list[str]] = {}  # IPC place → own fields that border on it
        self._groups_of_field: dict[str, tuple[str, ...]] = {}
        for code, field in self._wipo.items():
            holders = [g for g, group in self._groups.items() if code in group["fields"]]
            holders.sort(key=lambda g, main=field.get("main_group"): g != main)  # type: ignore[misc]
            self._groups_of_field[code] = tuple(holders)
            for place in (*field["ipc"], *field.get("later", ())):
                self._places.setdefault(place, []).append(code)
            for place in field.get("near", ()):
                self._near.setdefault(place, []).append(code)
        self._fields_below: dict[str, Counter[str]] = {}  # subclass or class → its fields, counted
        for place, fields in self._places.items():
            for above in {place[:4], place[:3]}:
                self._fields_below.setdefault(above, Counter()).update(fields)

    @property
    def groups(self) -> tuple[str, ...]:
        """The codes of the court groups (法院分组)."""
        return tuple(self._groups)

    @property
    def wipo(self) -> tuple[str, ...]:
        """The codes of the 35 WIPO fields and the four own ones."""
        return tuple(self._wipo)

    def knows(self, code: str) -> bool:
        """Whether the code is in the tree, or is a symbol below one of its classes."""
        return code in self._groups or code in self._wipo or code in taxonomy.ipc() or parts(code) is not None

    def node(self, code: str) -> FieldNode:
        """The node of a code. Raises ``field.unknown`` for any other text."""
        if entry := self._groups.get(code):
            return FieldNode(code, "group", entry["zh"], entry["en"])
        if entry := self._wipo.get(code):
            return FieldNode(code, "wipo", entry["zh"], entry["en"], self._groups_of_field[code])
        if len(code) == 1 and code in taxonomy.ipc():
            return FieldNode(code, "section", *taxonomy.ipc()[code])
        if not (found := parts(code)):
            raise UserProblem("field.unknown", given=code)
        above = taxonomy.ipc()[found.ipc_class]
        if not found.subclass:
            parents = tuple(g for g, group in self._groups.items() if code in group["ipc"])
            return FieldNode(written(found), "class", *above, (code[0], *parents))
        title = taxonomy.ipc().get(found.subclass, above)
        fields = self.wipo_fields(code)
        if not found.main_group:
            return FieldNode(written(found), "subclass", *title, (found.ipc_class, *fields))
        return FieldNode(written(found), "symbol", *title, (found.subclass, *fields))

    def title(self, code: str, language: str | None = None) -> str:
        """The title in a language (``zh_CN`` or ``en``), by default the one in force."""
        node = self.node(code)
        return node.zh if (language or language_in_force()).startswith("zh") else node.en

    def children(self, code: str) -> tuple[str, ...]:
        """The codes directly below: a group's WIPO fields, a field's IPC places, a class's subclasses."""
        if entry := self._groups.get(code):
            return (*entry["fields"], *entry["ipc"])
        if entry := self._wipo.get(code):
            return (*entry["ipc"], *entry.get("later", ()))
        node = self.node(code)
        if node.kind == "subclass":
            return tuple(place for place in self._places if place.startswith(f"{node.code} "))
        below = {"section": 3, "class": 4}.get(node.kind, 0)
        return tuple(c for c in taxonomy.ipc() if len(c) == below and c.startswith(node.code))

    def path(self, code: str) -> tuple[str, ...]:
        """All levels from the top down to the code: group → WIPO field → subclass or symbol; section → class."""
        node = self.node(code)
        if node.kind in ("group", "section"):
            return (node.code,)
        if node.kind == "class":
            return (node.code[0], node.code)
        group = self.groups_of(node.code)[:1]
        field = () if node.kind == "wipo" else self.wipo_fields(node.code)[:1]
        return (*group, *field, node.code)

    def label(self, code: str, language: str | None = None) -> str:
        """The path in words: ``机械 › 32 运输 › B62D``."""
        return STEP.join(self._step(step, language) for step in self.path(code))

    def _step(self, code: str, language: str | None) -> str:
        node = self.node(code)
        if node.kind == "group":
            return self.title(code, language)
        if node.kind == "wipo":
            return f"{int(code[1:])} {self.title(code, language)}"
        return f"{code} {self.title(code, language)}" if node.kind in ("section", "class") else code

    def wipo_fields(self, code: str) -> tuple[str, ...]:
        """The WIPO fields of a code, by longest prefix: ``G01N 33/68`` → W11, bare ``G01N`` → W10 and W11.

        An unknown subclass takes the fields of its class, commonest first. A group gives its WIPO fields.
        """
        if code in self._wipo:
            return (code,)
        if code in self._groups:
            return tuple(self._groups[code]["fields"])
        if not (found := parts(code)):
            return ()
        for place in (f"{found.subclass} {found.main_group}", found.subclass):
            if place in self._places:
                return tuple(self._places[place])
        below = self._fields_below.get(found.subclass) or self._fields_below.get(found.ipc_class)
        return tuple(field for field, _count in below.most_common()) if below else ()

    def groups_of(self, code: str) -> tuple[str, ...]:
        """The court groups of any code, the main one first."""
        if code not in self._known_groups:
            self._known_groups[code] = self._find_groups(code)
        return self._known_groups[code]

    def _find_groups(self, code: str) -> tuple[str, ...]:
        if code in self._groups:
            return (code,)
        found = parts(code)
        by_class = [g for g, group in self._groups.items() if found and found.ipc_class in group["ipc"]]
        by_field = [g for field in self.wipo_fields(code) for g in self._groups_of_field[field]]
        return tuple(dict.fromkeys((*by_class, *by_field)))

    def bordering(self, code: str) -> tuple[str, ...]:
        """Our own fields (植物新品种, 布图设计, 软件) that border on an IPC symbol."""
        found = parts(code)
        if not found:
            return ()
        at = (found.subclass, f"{found.subclass} {found.main_group}")
        return tuple(dict.fromkeys(field for place in at for field in self._near.get(place, ())))

    @cached_property
    def names(self) -> dict[str, str]:
        """Every title and alias, normalised by :func:`plain` → its code; the wider field wins."""
        found: dict[str, str] = {}
        for code, entry in (*self._groups.items(), *self._wipo.items()):
            found.setdefault(plain(entry["zh"]), code)
            found.setdefault(plain(entry["en"]), code)
        for alias in taxonomy.aliases():
            for word in alias.words:
                found.setdefault(plain(word), alias.codes[0])
        for length in (4, 3, 1):
            for symbol, title in taxonomy.ipc().items():
                if len(symbol) == length:
                    found.setdefault(plain(title.zh), symbol)
                    found.setdefault(plain(title.en), symbol)
        return found

    def resolve(self, text: str) -> str | None:
        """The code that a text names exactly: ``W12``, ``b62d``, ``控制``, ``12 控制``, a label; or None."""
        clean = unicodedata.normalize("NFKC", text).rsplit(STEP.strip(), 1)[-1].strip()
        upper = clean.upper()
        if upper in self._groups or upper in self._wipo or upper in taxonomy.ipc():
            return upper
        if found := parts(clean):
            return written(found)
        if numbered := _NUMBERED.fullmatch(clean):
            code, name = f"W{int(numbered[1]):02}", plain(numbered[2])
            titles = [plain(self._wipo[code][key]) for key in ("zh", "en")] if code in self._wipo else []
            return code if name in titles or self.names.get(name) == code else None
        head, _gap, rest = clean.partition(" ")
        if plain(rest) in map(plain, taxonomy.ipc().get(head.upper(), ())):
            return head.upper()
        return self.names.get(plain(clean))


@cache
def tree() -> FieldTree:
    """The only tree, read at the first call."""
    return FieldTree()
