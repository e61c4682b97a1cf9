"""The result of a draw: mains and reserves in order, each with the answers that can be entered now."""


from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from expertpool.draws.browse import DrawDetail, DrawnPlace
from expertpool.draws.words import place_word
from expertpool.foundation.language import _
from ui import theme
from ui.matching.draw_fields import spaced
from ui.texts import clock, joined
from ui.widgets.cards import FieldGrid, ScrollCard, empty
from ui.widgets.chips import StatePill
from ui.widgets.fields import TextField
from ui.widgets.labels import Line, SectionHeading, label
from ui.widgets.notes import Banner

TONES = {"called": "accent", "undecided": "warning", "accept": "ok", "decline": "neutral", "no_answer": "neutral",
         "barred": "danger", "released": "neutral", "waiting": "neutral"}


class ResultPanel(ScrollCard):
    """``answering(label, answer)``: a button of a row was pressed. ``opening(officers, reason)``: the names of a
    blind draw are to be shown. ``person(uid)``: that person is to be shown."""

    answering = Signal(str, str)
    opening = Signal(list, str)
    person = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.officers: list[TextField] = []

    def show_draw(self, detail: DrawDetail) -> None:
        """Show a drawn (or void) draw."""
        place = self.area.verticalScrollBar().value()
        empty(self.body)
        self.buttons, self.officers = {}, []
        if detail.state == "void":
            self.body.addWidget(Banner("danger", _("Void: {ground}").format(ground=joined(
                detail.void[0], detail.void[1], clock(detail.void[2]))), closable=False))
        if detail.masked and detail.state == "drawn":
            self.body.addWidget(self._opener(detail))
        alive = detail.state == "drawn" and not detail.masked
        for main, title in ((True, _("Mains")), (False, _("Reserves, in order"))):
            places = [one for one in detail.places if one.main == main]
            if places:
                self.body.addWidget(SectionHeading(title, str(len(places))))
            for one in places:
                self.body.addWidget(self._row(one, alive=alive))
                self.body.addWidget(Line())
        self.body.addSpacing(theme.GAP)
        self._proof(detail)
        self.body.addStretch(1)
        self.area.verticalScrollBar().setValue(place)

    def first(self) -> QWidget | None:
        """The first answer that can be entered now."""
        if self.officers:
            return self.officers[0]
        return next((button for button in self.buttons.values() if button.isEnabled()), None)

    def _row(self, one: DrawnPlace, *, alive: bool) -> QWidget:
        frame = QFrame()
        line = QHBoxLayout(frame)
        line.setContentsMargins(0, theme.STEP, 0, theme.STEP)
        line.setSpacing(theme.PAD)
        number = label(str(one.place), "strong")
        number.setFixedWidth(22)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(number)
        who = QVBoxLayout()
        who.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        head.addWidget(label(one.name or one.label, "strong"))
        head.addWidget(StatePill(place_word(one.state), TONES.get(one.state, "neutral")))
        if one.stepped_up:
            head.addWidget(StatePill(_("stepped up"), "accent"))
        if one.verify and one.asked:
            head.addWidget(StatePill(_("to verify"), "warning"))
        head.addStretch(1)
        who.addLayout(head)
        if one.name:
            who.addWidget(label(joined(one.label, one.unit), "second", wrap=True))
        verify = "；".join(one.verify) if one.asked else ""
        said = joined(one.reason, one.caller, clock(one.at)) if one.at else verify
        if said:
            who.addWidget(label(said, "small", wrap=True))
        line.addLayout(who, 1)
        if alive:
            self._offer(line, one)
        return frame

    def _offer(self, line: QHBoxLayout, one: DrawnPlace) -> None:
        offers = []
        if one.asked:
            offers = [("accept", _("Accepts")), ("decline", _("Declines…")), ("no_answer", _("Not reached"))]
            offers += [("undecided", _("Undecided"))] if one.state == "called" else []
        elif one.left:
            offers = [("released", _("Call the next reserve…"))]
        if one.asked and one.uid:
            record = self._button(_("See the record"), _("Open the record of {name}").format(name=one.name), "link")
            record.clicked.connect(lambda: self.person.emit(one.uid))
            line.addWidget(record)
        for code, words in offers:
            button = self._button(words, f"{one.name}: {words}", role="primary" if code == "accept" else "")
            button.clicked.connect(lambda _on=False, code=code: self.answering.emit(one.label, code))
            self.buttons[one.label, code] = button
            line.addWidget(button)

    def _opener(self, detail: DrawDetail) -> QWidget:
        """Two officers and a reason, or one officer after the frozen time."""
        frame = QFrame()
        frame.setProperty("role", "banner")
        frame.setProperty("tone", "accent")
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, theme.PAD, 16, theme.PAD)
        grid.setHorizontalSpacing(theme.WIDE)
        alone, hour = detail.may_open_alone, detail.record["open_at"].replace("T", " ")
        words = (_("The hour {hour} is there: one officer may open the names.").format(hour=hour) if alone else
                 _("Blind draw: two officers open the names and say why, before anybody is asked."))
        if hour and not alone:
            words += " " + _("From {hour} one of them may.").format(hour=hour)
        grid.addWidget(label(words, "strong", wrap=True), 0, 0, 1, 3)
        self.officers = [TextField("first", _("First officer"), needed=True),
                         TextField("second", _("Second officer"), needed=not alone),
                         TextField("reason", _("Reason"), needed=not alone)]
        for place, field in enumerate(self.officers):
            field.show("")
            grid.addWidget(field, 1, place)
        button = self._button(_("Open the names"), _("Open the names"), role="primary")
        button.clicked.connect(lambda: self.opening.emit([one.value() for one in self.officers[:2]],
                                                         self.officers[2].value()))
        grid.addWidget(button, 2, 2, Qt.AlignmentFlag.AlignRight)
        return frame

    def _proof(self, detail: DrawDetail) -> None:
        self.body.addWidget(SectionHeading(_("Proof"), detail.code))
        grid, record = FieldGrid(150), detail.record
        if record["hands"] == "two":
            grid.add_value(_("Operator's half · salt"), f"{detail.operator_half} · {detail.salt}")
            grid.add_value(_("Witness's half"), detail.witness_half)
        else:
            grid.add_value(_("Public value"), f"{record['public_source']}: {detail.witness_half}")
        grid.add_value(_("Fingerprint of the record"), spaced(detail.fingerprint))
        grid.add_value(_("Seed"), spaced(detail.seed))
        self.body.addWidget(grid)

    def _button(self, words: str, name: str, role: object = "") -> QPushButton:
        made = QPushButton(words)
        made.setAutoDefault(False)
        made.setAccessibleName(name)
        if role:
            made.setProperty("role", role)
        return made
