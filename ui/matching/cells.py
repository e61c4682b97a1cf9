"""Cells of the ranking with two lines: name with pills over unit and title, reasons, the button to choose."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from ui import theme
from ui.widgets.cells import SIDE, CellPainter
from ui.widgets.chips import paint_pill, pill_width
from ui.widgets.record_view import RecordView

LINES = 2
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class PersonCells(CellPainter):
    """Paints the columns ``name``, ``why``, ``text``, ``source`` and ``choose``; every other column as usual."""

    def __init__(self, view: RecordView) -> None:
        super().__init__(view)
        self._draw = {"name": _name, "why": _reasons, "text": _sentence, "source": _source, "choose": _choose}

    def paint(self, painter: QPainter, option: Any, index: Any) -> None:
        model: Any = index.model()
        column = model.columns[index.column()]
        draw = self._draw.get(column.key)
        if draw is None:
            super().paint(painter, option, index)
            return
        painter.save()
        self._ground(painter, option, index, "")
        draw(painter, QRectF(option.rect).adjusted(SIDE, 0, -SIDE, -1), model.row(index.row()))
        painter.restore()


def dress_cells(view: RecordView) -> None:
    """Have the cells of a list painted by :class:`PersonCells`."""
    cells = PersonCells(view)
    view._cells = cells  # the view reports the row under the pointer
    view.setItemDelegate(cells)


def in_lines(painter: QPainter, rect: QRectF, text: str, role: str, most: int = LINES) -> None:
    """Small text on at most ``most`` lines, the last ending in … if more follows."""
    font = theme.font("small")
    metrics = QFontMetricsF(font)
    painter.setPen(theme.qcolour(role))
    painter.setFont(font)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[tuple[int, int]] = []
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(rect.width())
        lines.append((line.textStart(), line.textLength()))
    layout.endLayout()
    height = metrics.height()
    y = rect.center().y() - height * len(lines) / 2
    for place, (start, length) in enumerate(lines):
        last = place == most - 1 and start + length < len(text)
        words = text[start:] if last else text[start:start + length]
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, rect.width()) if last else words
        painter.drawText(QPointF(rect.x(), y + metrics.ascent()), shown)
        y += height


def _name(painter: QPainter, rect: QRectF, row: dict[str, Any]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = rect.height() / 2
    font, small = theme.font("base", bold=True), theme.font("small")
    metrics = QFontMetricsF(font)
    room = rect.width() - sum(pill_width(text) + 4 for text, _tone in row.get("pills", ()))
    name = metrics.elidedText(str(row.get("name", "")), Qt.TextElideMode.ElideRight, max(40.0, room))
    painter.setFont(font)
    painter.setPen(theme.qcolour("text"))
    top = rect.adjusted(0, 6, 0, -half)
    painter.drawText(top, MIDDLE, name)
    x = rect.x() + metrics.horizontalAdvance(name) + 6
    for text, tone in row.get("pills", ()):
        width = min(pill_width(text), rect.right() - x)
        if width > 20:
            paint_pill(painter, QRectF(x, top.center().y() - 9.5, width, 19), text, tone)
        x += width + 4
    painter.setFont(small)
    painter.setPen(theme.qcolour("second"))
    words = QFontMetricsF(small).elidedText(str(row.get("under", "")), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect.adjusted(0, half, 0, -6), MIDDLE, words)


def _reasons(painter: QPainter, rect: QRectF, row: dict[str, Any]) -> None:
    font = theme.font("small")
    metrics = QFontMetricsF(font)
    lines: list[str] = []
    for reason in row.get("reasons", ()):
        longer = f"{lines[-1]} · {reason}" if lines else reason
        if lines and (len(lines) == LINES or metrics.horizontalAdvance(longer) <= rect.width()):
            lines[-1] = longer
        else:
            lines.append(reason)
    painter.setFont(font)
    painter.setPen(theme.qcolour("text"))
    y = rect.center().y() - metrics.height() * len(lines) / 2 + metrics.ascent()
    for text in lines:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(QPointF(rect.x(), y), shown)
        y += metrics.height()


def _sentence(painter: QPainter, rect: QRectF, row: dict[str, Any]) -> None:
    words = " ".join(filter(None, (str(row.get("text", "")), str(row.get("more", "")))))
    in_lines(painter, rect, words, "text")


def _source(painter: QPainter, rect: QRectF, row: dict[str, object]) -> None:
    in_lines(painter, rect, str(row.get("source", "")), "second", 3)


def _choose(painter: QPainter, rect: QRectF, row: dict[str, Any]) -> None:
    words, chosen = row.get("choose", ("", False))
    if not words:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect.right() - 64, rect.center().y() - 13.5, 64, 27)
    painter.setPen(QPen(theme.qcolour("accent_line" if chosen else "edge"), 1))
    painter.setBrush(theme.qcolour("accent_soft" if chosen else "surface"))
    painter.drawRoundedRect(box, 6, 6)
    painter.setFont(theme.font("small", bold=chosen))
    painter.setPen(theme.qcolour("accent" if chosen else "text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
