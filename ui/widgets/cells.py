"""Painting the cells of a list: text with second words, chips, states, scores, ticks, buttons."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import theme
from ui.widgets.chips import paint_pill, pill_width
from ui.widgets.record_model import Column, Row, chip_of, score_of
from ui.widgets.score_bar import paint_score

SIDE = 10  # pixels left and right of a cell's content


class CellPainter(QStyledItemDelegate):
    """Paints every kind of column; asks the model for the row, once per cell."""

    hovered = -1  # row under the pointer

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model: Any = index.model()
        column, row = model.columns[index.column()], model.row(index.row())
        painter.save()
        self._ground(painter, option, index, row.get("_tones", {}).get(column.key, ""))
        tone = row.get("_tones", {}).get(column.key, "")
        inner = QRectF(option.rect).adjusted(SIDE, 0, -SIDE, -1)
        draw = {"chips": _chips, "state": _state, "score": _score, "check": _check, "action": _action}.get(
            column.kind
        )
        if draw:
            draw(painter, inner, row.get(column.key))
        else:
            _words(painter, inner, column, row, index.row(), tone)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Width that shows the cell in full (for fitting a column to its content)."""
        model: Any = index.model()
        column, row = model.columns[index.column()], model.row(index.row())
        return QSize(round(_needed(column, row, index.row())) + 2 * SIDE + 2, theme.ROW)

    def _ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        tone: str,
    ) -> None:
        state, rect = option.state, option.rect
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.qcolour("selected"))
        elif index.row() == self.hovered:
            painter.fillRect(rect, theme.qcolour("hover"))
        if tone:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.qcolour(f"{tone}_soft"))
        painter.setPen(theme.qcolour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view: Any = option.widget
        if view is not None and view.hasFocus() and view.currentIndex().row() == index.row():
            header = view.horizontalHeader()
            if header.visualIndex(index.column()) == _first_shown(header):
                painter.fillRect(rect.x(), rect.y(), 3, rect.height() - 1, theme.qcolour("focus"))


def _first_shown(header: Any) -> int:
    return next(
        (place for place in range(header.count()) if not header.isSectionHidden(header.logicalIndex(place))),
        0,
    )


def _words(painter: QPainter, rect: QRectF, column: Column, row: Row, number: int, tone: str) -> None:
    value = number + 1 if column.kind == "rank" else row.get(column.key)
    text = (
        f"{value:,}"
        if column.kind == "number" and isinstance(value, int)
        else ""
        if value is None
        else str(value)
    )
    second = str(row.get(column.second) or "") if column.second else ""
    font = theme.font("base", bold=column.kind == "strong")
    colour = tone if tone in theme.TONES else "second" if column.kind == "rank" else "text"
    if second and column.below:
        half = rect.height() / 2
        _line(painter, rect.adjusted(0, 5, 0, -half + 1), text, font, colour, column.alignment)
        _line(painter, rect.adjusted(0, half, 0, -4), second, theme.font("small"), "second", column.alignment)
        return
    used = _line(painter, rect, text, font, colour, column.alignment)
    if second:
        _line(
            painter, rect.adjusted(used + 6, 1, 0, 0), second, theme.font("small"), "second", column.alignment
        )


def _line(
    painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str, align: Qt.AlignmentFlag
) -> float:
    """Draw one line, cut with … if too long; returns its width."""
    if rect.width() < 4 or not text:
        return 0.0
    painter.setFont(font)
    painter.setPen(theme.qcolour(colour))
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, shown)
    return metrics.horizontalAdvance(shown)


def _chips(painter: QPainter, rect: QRectF, value: Any) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x = rect.x()
    for one in value or ():
        text, tone = chip_of(one)
        width = min(pill_width(text), rect.right() - x)
        if width < 18:
            break
        paint_pill(painter, QRectF(x, rect.center().y() - 10.5, width, 21), text, tone)
        x += width + 4


def _state(painter: QPainter, rect: QRectF, value: object) -> None:
    _chips(painter, rect, [value] if value else [])


def _score(painter: QPainter, rect: QRectF, value: Any) -> None:
    if value is not None:
        parts = [value] if isinstance(value, int | float) else list(value)
        paint_score(painter, rect, score_of(value), parts)


def _check(painter: QPainter, rect: QRectF, value: object) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect.x(), rect.center().y() - 8, 16, 16)
    painter.setPen(QPen(theme.qcolour("accent" if value else "edge"), 1))
    painter.setBrush(theme.qcolour("accent" if value else "surface"))
    painter.drawRoundedRect(box, 4, 4)
    if value:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(box.adjusted(1, 1, -1, -1).toRect(), theme.pixmap("check", "on_accent", 14, ratio))


def _action(painter: QPainter, rect: QRectF, value: object) -> None:
    if not value:
        return
    text = chip_of(value)[0]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.qcolour("edge"), 1))
    painter.setBrush(theme.qcolour("surface"))
    width = min(rect.width(), pill_width(text) + 12)
    box = QRectF(rect.x() + 0.5, rect.center().y() - 12.5, width, 26)
    painter.drawRoundedRect(box, 6, 6)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.qcolour("text"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _needed(column: Column, row: Row, number: int) -> float:
    value = row.get(column.key)
    if column.kind in ("chips", "state", "action"):
        chips = value or () if column.kind == "chips" else ([value] if value else ())
        return sum(pill_width(chip_of(one)[0]) + 4 for one in chips) + (12 if column.kind == "action" else 0)
    if column.kind in ("score", "check"):
        return 140.0 if column.kind == "score" else 18.0
    first = QFontMetricsF(theme.font("base", bold=column.kind == "strong")).horizontalAdvance(
        str(number + 1 if column.kind == "rank" else "" if value is None else value)
    )
    behind = QFontMetricsF(theme.font("small")).horizontalAdvance(str(row.get(column.second) or ""))
    return max(first, behind) if column.below else first + (behind + 6 if behind else 0)
