"""A frozen draw: its fingerprint, who takes part, who does not and why; then entering the two halves."""


from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from expertpool.draws.browse import DrawDetail
from expertpool.draws.words import ground_word
from expertpool.foundation.language import N_, _
from expertpool.rules.book import RuleBook
from ui import theme
from ui.matching.draw_fields import HalfField, spaced
from ui.texts import clock, joined
from ui.widgets.cards import Card, FieldGrid
from ui.widgets.fields import TextField
from ui.widgets.labels import SectionHeading, label
from ui.widgets.notes import Banner, EmptyState
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.tabs import Tabs

WHO = (Column("label", N_("Label"), 300, sortable=False), Column("name", N_("Name"), 100, "strong", sortable=False))
TAKING_PART = (*WHO, Column("unit", N_("Unit"), 190, sortable=False, stretch=True),
               Column("weight", N_("Weight"), 64, "number", sortable=False),
               Column("verify", N_("To verify"), 200, sortable=False, stretch=True))
KEPT_OUT = (*WHO, Column("unit", N_("Unit"), 170, sortable=False),
            Column("why", N_("Why"), 300, sortable=False, stretch=True))


class FrozenPanel(Card):
    """Step 2: what was frozen. Nothing here can be changed."""

    def __init__(self) -> None:
        super().__init__(padding=14)
        self._rows: dict[str, list[dict[str, object]]] = {"candidates": [], "excluded": []}
        self.facts = QWidget()
        self._facts = QVBoxLayout(self.facts)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self.add(self.facts)
        self.tabs = Tabs([("candidates", _("Take part")), ("excluded", _("Kept out"))], name=_("Frozen people"))
        self.add(self.tabs)
        self.stack = QStackedWidget()
        self.lists = {code: self._table(code, columns) for code, columns in (
            ("candidates", TAKING_PART), ("excluded", KEPT_OUT))}
        self.tabs.changed.connect(lambda code: self.stack.setCurrentWidget(self.lists[code]))
        self.add(self.stack, 1)

    def show_draw(self, detail: DrawDetail, rules: RuleBook) -> None:
        """Show a frozen draw; names only if they are open."""
        from ui.widgets.cards import empty

        empty(self._facts)
        if detail.state == "void":
            self._facts.addWidget(Banner("danger", _("Void: {ground}").format(ground=joined(
                detail.void[0], detail.void[1], clock(detail.void[2]))), closable=False))
        grid = FieldGrid(150)
        record = detail.record
        grid.add_value(_("Fingerprint of the record"), spaced(detail.fingerprint), _(
            "SHA-256 of conditions, people, reasons, case number and rule book; frozen {time}").format(
                time=clock(record["frozen_at"])))
        if record["hands"] == "two":
            grid.add_value(_("Sealed half (SHA-256)"), spaced(record["commitment"]))
        else:
            grid.add_value(_("Public value"), record["public_source"])
        self._facts.addWidget(grid)
        weighted = record["weighting"] == "load"
        self._rows["candidates"] = [
            {"label": name, "name": who, "unit": unit, "weight": row["weight"] if weighted else "",
             "verify": "；".join(text or ground_word(rule, rules) for rule, text in notes)}
            for row, (name, who, unit, notes) in zip(record["candidates"], detail.candidates, strict=True)]
        self._rows["excluded"] = [
            {"label": name, "name": who, "unit": unit,
             "why": "；".join(joined(ground_word(rule, rules), text) for rule, text in grounds)}
            for name, who, unit, grounds in detail.excluded]
        for row in self._rows["excluded"]:
            row["_tips"] = {"why": row["why"]}
        self.tabs.show_counts({code: len(rows) for code, rows in self._rows.items()})
        for table in self.lists.values():
            table.reload(keep=False)

    def _table(self, code: str, columns: tuple[Column, ...]) -> RecordTable:
        made = RecordTable(columns, lambda _key, _down: range(len(self._rows[code])),
                           lambda ids: [self._rows[code][one] for one in ids], row_height=theme.ROW_COMPACT,
                           accessible=_("Frozen people"), empty=EmptyState("person", _("Nobody")))
        self.stack.addWidget(made)
        return made


class HandsPanel(Card):
    """Step 3: ``changed`` while halves are typed; ``given()`` is (operator's half, salt, witness's half)."""

    changed = Signal()

    def __init__(self, least: int) -> None:
        super().__init__(padding=20)
        self._least, self._known = least, ("", "")
        self._public = False
        self.heading = SectionHeading(_("First hand: the operator"))
        self.add(self.heading)
        self.kept = Banner("ok", _("The half is sealed and kept in this window. It is shown as soon as the witness "
                                   "has given his."), closable=False)
        self.add(self.kept)
        self.again = QWidget()
        pair = QGridLayout(self.again)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setHorizontalSpacing(theme.WIDE)
        self.half, self.salt = HalfField(least), TextField("salt", _("Salt"), needed=True)
        self.half.making.hide()
        pair.addWidget(self.half, 0, 0)
        pair.addWidget(self.salt, 0, 1)
        self.add(self.again)
        self.seal = label("", "small", wrap=True, copyable=True)
        self.add(self.seal)
        self.body.addSpacing(theme.WIDE)
        self.second = SectionHeading(_("Second hand: the witness"))
        self.add(self.second)
        self.words = label("", "second", wrap=True)
        self.add(self.words)
        self.witness = TextField("witness_half", _("Witness's half of the seed"), needed=True, check=self._enough)
        self.witness.setMaximumWidth(520)
        self.add(self.witness)
        self.body.addStretch(1)
        for field in (self.half, self.salt, self.witness):
            field.changed.connect(self.changed)

    def show_draw(self, detail: DrawDetail, half: str, salt: str) -> None:
        """Ask for the halves of a frozen draw; ``half`` and ``salt`` are empty if not known."""
        record = detail.record
        self._public, self._known = record["hands"] == "public", (half, salt)
        for part in (self.heading, self.seal):
            part.setVisible(not self._public)
        self.kept.setVisible(bool(half) and not self._public)
        self.again.setVisible(not half and not self._public)
        self.seal.setText(_("Sealed as {seal}").format(seal=spaced(record["commitment"])))
        self.second.title.setText(_("The public value") if self._public else _("Second hand: the witness"))
        self.words.setText(
            _("Enter “{source}” exactly as it was announced.").format(source=record["public_source"]) if self._public
            else _("{witness} now enters a half of his or her own: any words or figures, at least {count} signs. "
                   "Nobody could know it when the record was frozen.").format(
                       witness=record["witness"], count=self._least))
        self.witness.label.setText(_("Public value") + " *" if self._public else self.witness.words + " *")
        for field in (self.half, self.salt, self.witness):
            field.show("")

    def given(self) -> tuple[str, str, str]:
        """Both halves and the salt."""
        half, salt = self._known if self._known[0] else (self.half.value(), self.salt.value())
        return half, salt, self.witness.value()

    def missing(self) -> list[str]:
        """What is still needed."""
        return [field.words for field in (self.half, self.salt, self.witness)
                if field.isVisibleTo(self) and field.fault()]

    def first(self) -> QWidget:
        """The widget in which typing begins."""
        return self.half if self.again.isVisibleTo(self) else self.witness

    def _enough(self, text: object) -> str:
        short = not self._public and len(str(text)) < self._least
        return _("At least {count} signs.").format(count=self._least) if short else ""
