"""The one stylesheet, with names of colours and sizes; :mod:`ui.theme` fills them in. No colours here."""

from string import Template

SHEET = Template("""
* { outline: 0; }
QWidget#window, QWidget#pages, QWidget#page { background: $window; }
QToolTip { background: $tip; color: $on_tip; border: 0; padding: 4px 8px; font-size: $pt_small; }

/* labels */
QLabel { background: transparent; }
QLabel[role="title"] { font-size: $pt_title; font-weight: bold; }
QLabel[role="section"] { font-size: $pt_section; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="figure"] { font-size: $pt_figure; font-weight: bold; }
QLabel[role="second"] { color: $second; }
QLabel[role="small"] { color: $second; font-size: $pt_small; }
QLabel[role="problem"] { color: $danger; font-size: $pt_small; }
QLabel[role="brand"] { color: $accent; font-size: $pt_section; font-weight: bold; }

/* surfaces */
QFrame#titlebar { background: $surface; border: 0; border-bottom: 1px solid $line; }
QFrame#statusline { background: $rail; border: 0; border-top: 1px solid $line; }
QFrame#statusline QLabel { font-size: $pt_small; color: $second; }
QFrame#rail { background: $rail; border: 0; border-right: 1px solid $line; }
QFrame#railfoot { border: 0; border-top: 1px solid $line; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="card"]:focus { border: 1px solid $focus; }
QFrame[role="line"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="toast"] { background: $raised; border: 1px solid $edge; border-radius: 8px; }
QFrame#palette { background: $raised; border: 1px solid $edge; border-radius: 10px; }
QFrame[role="banner"] { border: 0; border-radius: 6px; }
QFrame[tone="ok"] { background: $ok_soft; }
QFrame[tone="warning"] { background: $warning_soft; }
QFrame[tone="danger"] { background: $danger_soft; }
QFrame[tone="accent"] { background: $accent_soft; }
QFrame[tone="neutral"] { background: $neutral_soft; }
QDialog, QMessageBox { background: $surface; }

/* buttons */
QPushButton { background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px;
    padding: 5px 14px; min-height: 20px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_soft; }
QPushButton:focus { border: 2px solid $focus; padding: 4px 13px; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $line; }
QPushButton:default, QPushButton[role="primary"] { background: $accent; color: $on_accent;
    border-color: $accent; }
QPushButton:default:hover, QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $accent_line; }
QPushButton:default:disabled, QPushButton[role="primary"]:disabled { background: $neutral_soft;
    color: $disabled; border-color: $line; }
QPushButton[role="danger"] { color: $danger; border-color: $danger; }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: $accent;
    padding: 1px 4px; min-height: 16px; border-radius: 4px; }
QPushButton[role="link"]:hover { background: $accent_soft; }
QPushButton[role="link"]:focus { border: 1px solid $focus; }
QPushButton[role="link"]:disabled { color: $disabled; }
QPushButton::menu-indicator { image: url("$chevron_down"); width: 12px; height: 12px;
    subcontrol-position: right center; right: 8px; }
QPushButton[menu="true"] { padding-right: 26px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border: 1px solid $focus; }
QToolButton::menu-indicator { image: none; }

/* chips */
QPushButton[role="chip"] { border-radius: 13px; padding: 2px 11px; min-height: 20px; color: $text;
    font-size: $pt_small; border-color: $edge; }
QPushButton[role="chip"]:checked { background: $accent_soft; color: $accent; border-color: $accent_line; }
QPushButton[role="chip"]:focus { border: 2px solid $focus; padding: 1px 10px; }
QPushButton[role="step"] { border-radius: 13px; padding: 2px 12px; min-height: 20px; color: $second;
    font-size: $pt_small; border-color: $line; }
QPushButton[role="step"][stage="done"] { background: $accent_soft; color: $accent;
    border-color: $accent_line; }
QPushButton[role="step"][stage="now"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="tab"] { background: transparent; border: 0; border-bottom: 2px solid transparent;
    border-radius: 0; padding: 8px 2px; color: $second; }
QPushButton[role="tab"]:hover { color: $text; }
QPushButton[role="tab"]:checked { color: $accent; font-weight: bold; border-bottom-color: $accent; }
QPushButton[role="tab"]:focus { background: $hover; }

/* inputs */
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit { background: $surface; color: $text;
    border: 1px solid $edge; border-radius: 6px; padding: 4px 8px; min-height: 20px;
    selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
    border: 2px solid $focus; padding: 3px 7px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border-color: $danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $window; color: $disabled;
    border-color: $line; }
QLineEdit:read-only { background: $header; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: url("$chevron_down"); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge; padding: 4px;
    selection-background-color: $accent_soft; selection-color: $text; }
QCheckBox { spacing: 8px; background: transparent; padding: 3px; border: 1px solid transparent;
    border-radius: 6px; }
QCheckBox:focus { border-color: $focus; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $edge; border-radius: 4px;
    background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QCheckBox::indicator:disabled { background: $neutral_soft; border-color: $line; }
QRadioButton { spacing: 8px; background: transparent; padding: 3px; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $edge; border-radius: 8px;
    background: $surface; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QRadioButton:focus { color: $accent; }

/* tables and lists */
QTableView, QListView, QTreeView { background: $surface; border: 0; color: $text; gridline-color: $line;
    selection-background-color: $selected; selection-color: $text; }
QTreeView::item, QListView::item { padding: 5px 4px; border-radius: 4px; }
QTreeView::item:hover, QListView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected { background: $selected; color: $text; }
QHeaderView { background: $header; border: 0; }
QHeaderView::section { background: $header; color: $second; border: 0; border-bottom: 1px solid $line;
    padding: 6px 10px; font-size: $pt_small; }
QHeaderView::section:hover { background: $hover; color: $text; }
QHeaderView::up-arrow, QHeaderView::down-arrow { width: 0; height: 0; }
QTableCornerButton::section { background: $header; border: 0; }

QFrame#palette QListView { background: transparent; }

/* menus */
QMenu { background: $raised; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

/* the rest */
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget#inside { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $accent_line; }
QProgressBar { background: $track; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QCalendarWidget QWidget { background: $raised; color: $text; }
QCalendarWidget QToolButton { color: $text; }
""")
