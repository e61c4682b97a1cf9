"""One rule (规则卡): its legal source, its level, and the parameters the court may change."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from expertpool.foundation.language import N_, _
from expertpool.foundation.problems import ExpectedError
from ui import texts, theme
from ui.allowed import allowed, offer
from ui.settings.rule_words import outcome_word, parameter_word, unchangeable_words
from ui.widgets.cards import Card, FieldGrid
from ui.widgets.chips import StatePill
from ui.widgets.fields import ChoiceField, Field, NumberField, TextField, TickField
from ui.widgets.form import Form
from ui.widgets.guarded_form import GuardedForm
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ui.settings.page import SettingsPage

LEVELS = {"block": (N_("bars"), "danger"), "warn": (N_("to verify"), "warning"), "inform": (N_("informs"), "accent")}
TAGS = {
    "H": (N_("stands firm"), N_("Stands in statute or judicial interpretation, or follows from it directly.")),
    "C": (N_("conditional"), N_("Stands in the sources under conditions; the court judges whether they are met.")),
    "M": (N_("by analogy"), N_("Taken over from practice or another provision; the court may set its own line.")),
}
_SOURCE = "source"


class RuleCard(Card):
    """Facts above; the form below if the rule may be changed."""

    def __init__(self, page: "SettingsPage") -> None:
        super().__init__(padding=16)
        self._page = page
        self.rule: Any = None
        self._shipped: dict[str, object] = {}
        self._overrides: dict[str, object] = {}
        self.form: Form | None = None
        self.guarded: GuardedForm | None = None
        self._as_read: object = None  # the court's change of the rule when the form was opened
        self._inside = QWidget()
        self.add(self._inside, 1)

    def show_book(self, shipped: dict[str, object], overrides: dict[str, object]) -> None:
        """The shipped rules by id and the court's changes."""
        self._shipped, self._overrides = shipped, overrides

    def may_leave(self) -> bool:
        """Whether another rule may be shown."""
        return self.form is None or self.form.may_leave()

    def show_rule(self, rule: Any) -> None:
        """Show a rule."""
        self.rule = rule
        self.body.removeWidget(self._inside)
        self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.PAD)
        head = QHBoxLayout()
        head.setSpacing(theme.GAP)
        head.addWidget(label(str(rule.title), "section", wrap=True), 1)
        words, tone = LEVELS[rule.level]
        head.addWidget(StatePill(_(words), tone))
        column.addLayout(head)
        column.addWidget(self._facts(rule))
        if rule.editable:
            self.form, self._as_read = self._form(rule), self._overrides.get(rule.id)
            self.guarded = GuardedForm(self.form)
            self.guarded.nothing_left.connect(lambda: self._saved(None))
            column.addWidget(self.guarded, 1)
        else:
            self.form = self.guarded = None
            said = _("Statute fixes this rule; the court cannot change it here.")
            column.addWidget(label(said, "small", wrap=True))
            column.addStretch(1)
        self.add(self._inside, 1)

    def _facts(self, rule: Any) -> FieldGrid:
        grid = FieldGrid(64)
        grid.add_value(_("Rule"), rule.id)
        grid.add_value(_("Legal source"), str(rule.source))
        if rule.tag in TAGS:
            words, meaning = TAGS[rule.tag]
            grid.add_value(_("How firm"), _(words), _(meaning))
        since = _("since {day}").format(day=rule.valid_from)
        grid.add_value(_("In force"), since if not rule.valid_to else f"{since} – {rule.valid_to}")
        for name, words in unchangeable_words(rule):
            grid.add_value(name, words)
        return grid

    def _form(self, rule: object) -> Form:
        form = Form(self._page.prompts, columns=2)
        for field in fields_of(rule):
            form.add(field)
        form.add(TickField("on", _("Use"), explained=_("The rule is applied")))
        form.add(TextField(_SOURCE, _("Ground of the change"), placeholder=_("e.g. decision of the court, date"),
                           longest=200, needed=True), wide=True)
        form.show_values(values_of(rule) | {_SOURCE: ""})
        form.leaving.hide()
        form.saved.connect(self._save)
        if not allowed(self._page.pool, "change setting"):
            for field in form.fields.values():
                field.control.setEnabled(False)
        offer(self._page.pool, "change setting", form.saving)
        return form

    def _save(self, values: Mapping[str, Any]) -> None:
        rule, pool, source = self.rule, self._page.pool, values[_SOURCE]
        change, as_read = change_of(self._shipped[rule.id], values), self._as_read

        def work() -> object:
            from expertpool.rules.book import RuleBook

            RuleBook.of_setting({rule.id: change} if change else {})  # raises before anything is written
            return pool.set_parts("rules", {rule.id: change or None}, source, as_read={rule.id: as_read})

        self._page.jobs.change(self, work, self._saved, failed=self._refused,
                               words=_("The rule “{title}” was saved.").format(title=str(rule.title)))

    def _refused(self, error: BaseException) -> bool:
        if not isinstance(error, ExpectedError) or error.code != "record.changed":
            return False
        rule, pool = self.rule, self._page.pool

        def work() -> object:
            from expertpool.rules.book import RuleBook

            overrides = pool.setting("rules")
            return overrides.get(rule.id), next(one for one in RuleBook.of_setting(overrides) if one.id == rule.id)

        self._page.jobs.read(self, work, lambda found: self._show_now(rule, *found), key="now")
        return True

    def _show_now(self, rule: Any, change: object, now: Any) -> None:
        if self.guarded is not None and self.rule is rule:
            self._as_read = change
            self.guarded.show_now(values_of(now) | {_SOURCE: ""})

    def _saved(self, _changes: object) -> None:
        if self.form is not None:
            self.form.accept_saved()
        self.rule = None  # the next list shows it again
        self._page.read_rules()


def fields_of(rule: Any) -> list[Field]:
    """A field for the rule's level, for that of each outcome, and for each parameter."""
    levels = [(code, _(words)) for code, (words, _tone) in LEVELS.items()]
    found: list[Field] = []
    if rule.outcomes:
        found += [ChoiceField(f"outcome:{name}", outcome_word(name), levels, empty=None) for name in rule.outcomes]
    else:
        found.append(ChoiceField("level", _("Effect"), levels, empty=None))
    for name, value in rule.parameters.items():
        words = parameter_word(name)
        if isinstance(value, bool):
            found.append(TickField(f"parameter:{name}", words))
        elif isinstance(value, int):
            found.append(NumberField(f"parameter:{name}", words, most=999))
        elif isinstance(value, float):
            found.append(TextField(f"parameter:{name}", words, needed=True, check=_share, longest=8))
        elif name == "at_least":
            found.append(ChoiceField(f"parameter:{name}", words, texts.choices("education"), empty=None))
    return found


def values_of(rule: Any) -> dict[str, Any]:
    """The rule's values by field name."""
    values: dict[str, object] = {"on": not rule.off, "level": rule.level}
    values |= {f"outcome:{name}": level for name, level in rule.outcomes.items()}
    values |= {f"parameter:{name}": f"{value:g}" if isinstance(value, float) else value
               for name, value in rule.parameters.items()}
    return values


def change_of(shipped: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the values change compared with the shipped rule, as the rule book takes it; empty for nothing."""
    change: dict[str, object] = {}
    if not values.get("on", True):
        change["off"] = True
    if not shipped.outcomes and values.get("level", shipped.level) != shipped.level:
        change["level"] = values["level"]
    for group, known in (("outcomes", shipped.outcomes), ("parameters", shipped.parameters)):
        prefix = f"{group[:-1]}:"
        now = {name: _typed(values[prefix + name], value) for name, value in known.items() if prefix + name in values}
        if different := {name: value for name, value in now.items() if value != known[name]}:
            change[group] = different
    return change


def _typed(value: Any, like: Any) -> Any:
    return float(value) if isinstance(like, float) else value


def _share(text: str) -> str:
    try:
        fine = 0 <= float(text) <= 100
    except ValueError:
        fine = False
    return "" if fine else _("Enter a number between 0 and 100, e.g. 0.5.")
