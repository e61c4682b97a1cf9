"""Alerts about people already appointed (警示): the list, and the dialog in which one is answered."""


from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from expertpool.checks.alerts import AlertRow
from expertpool.foundation.language import _
from expertpool.rules.operations import operation_name
from ui import theme
from ui.allowed import May, everything
from ui.overview.lists import LineList
from ui.overview.words import moment
from ui.texts import word
from ui.widgets.cards import FieldGrid
from ui.widgets.chips import StatePill
from ui.widgets.labels import Elided, label, tip
from ui.widgets.writing_dialog import WritingDialog

SHOWN, LINE, HEADING = 3, 42, 46  # number of lines visible without scrolling; line height in pixels
WIDTH, NOTICE = 720, 230


def level_words(row: AlertRow) -> tuple[str, str]:
    """Word and tone of an alert."""
    if row.level == "block":
        return (_("Must not go on") if row.serving else _("Has served")), "danger"
    return _("To verify"), "warning"


class AlertList(LineList):
    """The open alerts, blocks first; hidden if there are none."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Checked again: appointments that something now speaks against"), "")
        self.setProperty("tone", "danger")
        self.may: May = everything
        self.hide()

    def show_rows(self, rows: list[AlertRow]) -> None:
        self._fill([self._line(row) for row in rows])
        self.setVisible(bool(rows))
        self.setFixedHeight(HEADING + LINE * min(len(rows), SHOWN))

    def _line(self, row: AlertRow) -> QWidget:
        made = QWidget()
        made.setFixedHeight(LINE - 2)
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(theme.PAD)
        pill = StatePill(*level_words(row))
        pill.setFixedWidth(84)
        line.addWidget(pill)
        number = label(row.case)
        number.setFixedWidth(164)
        line.addWidget(number)
        said = Elided(row.text)
        tip(said, f"{row.text}\n{row.source}")
        line.addWidget(said, 1)
        line.addWidget(label(moment(row.found_at), "second"))
        button = QPushButton(_("Settle…"))
        button.setAccessibleName(_("Settle: {what}").format(what=f"{row.person} {row.case}"))
        button.clicked.connect(lambda: self.chosen.emit(row))
        line.addWidget(button)
        button.setVisible(self.may("answer alert"))
        return made


class AlertSheet(WritingDialog):
    """One alert with its facts and the draft of the notice. ``wanted``: the person goes on for the reason written;
    ``replacing``: another one is to be found."""

    def __init__(self, parent: QWidget, row: AlertRow, notice: str) -> None:
        super().__init__(parent)
        self.row = row
        self.setWindowTitle(_("Settle an alert"))
        self.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        column.setSpacing(theme.PAD)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        head.addWidget(label(f"{row.person} · {row.case}", "title"))
        head.addWidget(StatePill(*level_words(row)))
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(label(row.text, wrap=True, copyable=True))
        column.addWidget(self._facts())
        column.addWidget(label(_("Draft of the notice to the judge"), "section"))
        self.notice = QPlainTextEdit(notice)
        self.notice.setAccessibleName(_("Draft of the notice to the judge"))
        self.notice.setMinimumHeight(NOTICE)
        column.addWidget(self.notice, 1)
        column.addLayout(self._going_on())
        column.addLayout(self._buttons())

    def reason(self) -> str:
        """The reason why the person goes on."""
        return self.why.text().strip()

    def _facts(self) -> FieldGrid:
        grid = FieldGrid()
        grid.add_value(_("Rule"), f"{self.row.rule}  {self.row.source}")
        for fact in self.row.facts:
            grid.add_value(word("fact", fact["what"]), fact["value"], fact.get("source", ""))
        grid.add_value(_("Came up"), moment(self.row.found_at), operation_name(self.row.cause))
        return grid

    def _going_on(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self.why = QLineEdit()
        self.why.setAccessibleName(_("Reason for going on"))
        self.why.setEnabled(self.row.liftable)
        self.why.setPlaceholderText(
            _("Reason for going on, e.g. what was verified and with whom") if self.row.liftable else
            _("This rule has no exception: the person is to be replaced, or the fact corrected."))
        self.going_on = QPushButton(_("Goes on"))
        self.going_on.setEnabled(False)
        self.why.textChanged.connect(lambda text: self.going_on.setEnabled(bool(text.strip())))
        self.why.returnPressed.connect(lambda: self.wanted.emit() if self.reason() else None)
        self.going_on.clicked.connect(self.wanted)
        row.addWidget(self.why, 1)
        row.addWidget(self.going_on)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        copying, self.saving = QPushButton(_("Copy the draft")), QPushButton(_("Save the draft…"))
        copying.clicked.connect(self._copy)
        leaving = QPushButton(_("Close"))
        leaving.clicked.connect(self.reject)
        self.replacing = QPushButton(_("Replace the person…"))
        self.replacing.setProperty("role", "primary")
        self.replacing.setVisible(self.row.serving)
        self.replacing.clicked.connect(self.accept)
        for button in (copying, self.saving, leaving, self.replacing):
            button.setAutoDefault(False)
        row.addWidget(copying)
        row.addWidget(self.saving)
        row.addStretch(1)
        row.addWidget(leaving)
        row.addWidget(self.replacing)
        return row

    def _copy(self) -> None:
        self.notice.selectAll()
        self.notice.copy()
