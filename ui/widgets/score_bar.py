"""Scores as stacked parts with a legend; bars of coverage. Painted here, without a chart library."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from expertpool.foundation.language import _
from ui import theme
from ui.widgets.chips import paint_pill, pill_width
from ui.widgets.labels import tip

PARTS = ("part1", "part2", "part3", "part4", "part5", "part6")


def paint_parts(painter: QPainter, rect: QRectF, parts: Sequence[float], full: float = 100.0) -> None:
    """Stacked parts over a track; ``full`` is the value of the whole width."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    shape = QPainterPath()
    shape.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.fillPath(shape, theme.qcolour("track"))
    painter.save()
    painter.setClipPath(shape)
    x = rect.x()
    for part, name in zip(parts, PARTS, strict=False):
        width = rect.width() * max(0.0, part) / full if full else 0
        painter.fillRect(QRectF(x, rect.y(), width, rect.height()), theme.qcolour(name))
        x += width
    painter.restore()


class ScoreBar(QWidget):
    """The sum in bold, then its parts stacked. ``parts`` are (name, points), points of ``full``."""

    def __init__(self, parts: Sequence[tuple[str, float]] = (), full: float = 100.0) -> None:
        super().__init__()
        self.setMinimumSize(120, 22)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._full = full
        self.show_parts(parts)

    def show_parts(self, parts: Sequence[tuple[str, float]]) -> None:
        """Show another score."""
        self.parts = list(parts)
        said = "、".join(f"{name} {points:.0f}" for name, points in self.parts)
        self.setAccessibleName(_("Score {score}").format(score=round(self.score)))
        self.setAccessibleDescription(said)
        tip(self, said)
        self.update()

    @property
    def score(self) -> float:
        """The sum of the parts."""
        return sum(points for _name, points in self.parts)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_score(
            painter, QRectF(self.rect()), self.score, [points for _name, points in self.parts], self._full
        )


def paint_score(
    painter: QPainter, rect: QRectF, score: float, parts: Sequence[float], full: float = 100.0
) -> None:
    """The sum and the bar; shared by the widget and the tables."""
    painter.setFont(theme.font("base", bold=True))
    painter.setPen(theme.qcolour("text"))
    painter.drawText(
        QRectF(rect.x(), rect.y(), 26, rect.height()),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
        f"{score:.0f}",
    )
    bar = QRectF(rect.x() + 34, rect.center().y() - 3.5, max(20.0, rect.width() - 34), 8)
    paint_parts(painter, bar, parts, full)


class ScoreLegend(QWidget):
    """What the colours of the parts mean."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font("small"))
        self.show_names(names)

    def show_names(self, names: Sequence[str]) -> None:
        """Name the parts, in their order."""
        self.names = list(names)
        self.setAccessibleName(_("Parts of the score") + ": " + "、".join(self.names))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font("small"))
        return QSize(sum(metrics.horizontalAdvance(name) + 26 for name in self.names), 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        metrics, x = painter.fontMetrics(), 0.0
        for name, part in zip(self.names, PARTS, strict=False):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.qcolour(part))
            painter.drawRoundedRect(QRectF(x, 6, 10, 10), 2, 2)
            painter.setPen(theme.qcolour("second"))
            width = metrics.horizontalAdvance(name)
            painter.drawText(QRectF(x + 14, 0, width + 2, 22), Qt.AlignmentFlag.AlignVCenter, name)
            x += width + 26


class BarRow(QWidget):
    """One line of coverage: name, bar, value, a note, and a pill (缺人 / 偏紧) where needed."""

    def __init__(
        self,
        name: str,
        value: float,
        full: float,
        note: str = "",
        pill: tuple[str, str] = ("", ""),
        name_width: int = 120,
    ) -> None:
        super().__init__()
        self.setMinimumSize(280, theme.ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name, self.value, self.full, self.note, self.pill = name, value, full, note, pill
        self._name_width = name_width
        self.setAccessibleName(" ".join(filter(None, (name, f"{value:,.0f}", note, pill[0]))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, height = Qt.AlignmentFlag.AlignVCenter, float(self.height())
        painter.setFont(theme.font())
        painter.setPen(theme.qcolour("text"))
        shown = painter.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, self._name_width)
        painter.drawText(QRectF(0, 0, self._name_width, height), middle, shown)
        tail = 44 + 62 + 56
        bar = QRectF(
            self._name_width + 12, height / 2 - 4, max(40, self.width() - self._name_width - 12 - tail), 8
        )
        paint_parts(painter, bar, [self.value], self.full or 1)
        painter.setPen(theme.qcolour("text"))
        x = bar.right() + 8
        painter.drawText(QRectF(x, 0, 40, height), middle, f"{self.value:,.0f}")
        painter.setPen(theme.qcolour("second"))
        painter.setFont(theme.font("small"))
        painter.drawText(QRectF(x + 44, 0, 60, height), middle, self.note)
        if self.pill[0]:
            width = pill_width(self.pill[0])
            paint_pill(painter, QRectF(self.width() - width, height / 2 - 11, width, 22), *self.pill)
        painter.setPen(theme.qcolour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
