"""The form with a unit's own facts: kind, credit code, region, whether it is listed."""

from typing import TYPE_CHECKING, Any

from expertpool.foundation.changes import Changes
from expertpool.foundation.language import _
from expertpool.foundation.problems import ExpectedError
from expertpool.organisations.browse import UnitDetail, unit_detail
from expertpool.organisations.edits import set_unit
from ui.page import Page
from ui.record_form import RecordForm, Version
from ui.texts import choices
from ui.widgets.fields import ChoiceField, TextField, TickField
from ui.widgets.form import Form

if TYPE_CHECKING:
    from expertpool.pool import ExpertPool


class UnitFactsForm(RecordForm):
    """A unit with an invalid credit code cannot be saved."""

    def __init__(self, page: Page) -> None:
        form = Form(page.prompts)
        form.add(ChoiceField("kind", _("Kind"), choices("organisation_kind"), empty="—"))
        form.add(TextField("credit_code", _("Credit code"), check=_code_fault, longest=24))
        form.add(TextField("region", _("Region")))
        form.add(TextField("remark", _("Remark")))
        form.add(TickField("listed", _("Listed on a stock exchange")))
        super().__init__(page, form)
        self._name = ""

    def start(self, detail: UnitDetail) -> None:
        """Open the form for a unit."""
        self._name = detail.row.name
        self.form.show_values(_values(detail))
        self.open_with(detail.row.uid, detail.version, _("Facts of {name}").format(name=self._name), "")
        self.form.fields["kind"].setFocus()

    def draft(self) -> dict[str, object]:
        return self.form.values()

    def write(self, pool: "ExpertPool", draft: dict[str, Any], uid: str, version: int) -> Changes:
        return set_unit(pool, uid, **draft, version=version)

    def read_version(self, pool: "ExpertPool", uid: str) -> Version:
        detail = unit_detail(pool, uid)
        return Version(detail.row.uid, detail.version, _values(detail))

    def words(self, draft: dict[str, object]) -> str:
        return _("The unit was saved.")

    def refused(self, error: ExpectedError) -> bool:
        if error.code.startswith("organisations.code"):
            self.form.fields["credit_code"].problem(error.text)
            self.form.fields["credit_code"].setFocus()
            return True
        return False


def _values(detail: UnitDetail) -> dict[str, object]:
    return {"kind": detail.row.kind, "credit_code": detail.row.credit_code, "region": detail.region,
            "remark": detail.remark, "listed": detail.listed}


def _code_fault(text: str) -> str:
    from expertpool.foundation.sentences import sentence
    from expertpool.organisations.credit_code import credit_code_problem

    problem = credit_code_problem(text)
    return sentence(f"organisations.code_{problem}") if problem else ""
