"""Works with declarations on the page of experts: record, print, read back, forms for many people."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from expertpool.cases.case_number import parse
from expertpool.declarations.form import FormContent, file_name, form_contents, write_declaration_form
from expertpool.declarations.reading_back import DeclarationPlan, apply_declarations, preview_declarations
from expertpool.declarations.recording import declare, due_declarations
from expertpool.documents.declaration_paper import declaration_paper
from expertpool.experts.browse import people_rows
from expertpool.foundation.json_values import JsonMapping
from expertpool.foundation.language import _, n_
from expertpool.foundation.problems import ExpectedError
from ui.experts.interests_entry import DeclarationDialog
from ui.experts.interests_readback import ReadBackDialog
from ui.experts.personal_copy import print_holdings
from ui.saving import write_paper

if TYPE_CHECKING:
    from ui.experts.page import ExpertsPage


class DeclarationActions(QObject):
    """Carries out the page's actions on declarations; ``dialog`` is the open dialog."""

    def __init__(self, page: "ExpertsPage") -> None:
        super().__init__(page)
        self.page = page
        self.dialog: DeclarationDialog | ReadBackDialog | None = None

    def act(self, what: str, person: Any) -> None:
        """A button of the card was pressed for the person shown: record, print or read."""
        uid, name = person.detail.uid, person.detail.name
        if what == "record":
            self.record(uid, name)
        elif what == "print":
            self._offer(uid, name, next((row.case for row in person.service if row.open), ""))
        else:
            self.read_back()

    def print_holdings(self) -> None:
        """Save the chosen person's own copy of everything the pool holds."""
        print_holdings(self.page)

    # -- record
    def record(self, uid: str, name: str) -> None:
        """Open the dialog with the interests on file."""
        pool = self.page.pool
        self.page.jobs.read(self, lambda: (pool.rules, form_contents(pool, [uid])[0]),
                            lambda found: self._open_record(uid, name, *found), key="record")

    def _open_record(self, uid: str, name: str, rules: Any, known: FormContent) -> None:
        dialog = DeclarationDialog(self.page, name, rules, known.interests)
        dialog.wanted.connect(lambda: self._write(uid, name, dialog, known.on_file))
        self._open(dialog)

    def _write(self, uid: str, name: str, dialog: DeclarationDialog, on_file: JsonMapping) -> None:
        """Record what was entered; the dialog stays open until that has succeeded."""
        draft, pool = dialog.draft(), self.page.pool
        if draft.number:
            draft = draft.model_copy(update={"number": parse(draft.number).normalised})

        def refused(error: ExpectedError) -> bool:
            if error.code in ("case.unknown", "declarations.future"):
                dialog.refuse(error.text, number=error.code == "case.unknown")
                return True
            return False

        dialog.write(self.page.jobs, lambda: declare(pool, uid, draft, on_file=on_file),
                     words=_("The declaration of {name} is recorded.").format(name=name), refused=refused)

    # -- print
    def _offer(self, uid: str, name: str, number: str) -> None:
        menu = QMenu(self.page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Yearly form, spreadsheet")).triggered.connect(lambda: self.write_form(uid, name, "xlsx"))
        menu.addAction(_("Yearly form, PDF")).triggered.connect(lambda: self.write_form(uid, name, "pdf"))
        menu.addSeparator()
        menu.addAction(_("For a case, spreadsheet")).triggered.connect(
            lambda: self.write_case_form(uid, name, "xlsx", number))
        menu.addAction(_("For a case, PDF")).triggered.connect(
            lambda: self.write_case_form(uid, name, "pdf", number))
        button = self.page.findChild(QPushButton, "declaration-print")
        menu.popup(button.mapToGlobal(QPoint(0, button.height())) if button else self.page.mapToGlobal(QPoint(0, 0)))

    def write_case_form(self, uid: str, name: str, kind: str, number: str) -> None:
        """Ask for the case, then write its form."""
        asked = self.page.prompts.text(self.page, _("Declaration for a case"), _(
            "Number of the case; parties, agents and firms stand in the form."), number)
        if asked:
            self.write_form(uid, name, kind, asked)

    def write_form(self, uid: str, name: str, kind: str, number: str = "") -> None:
        """Write the form of one person as ``xlsx`` or ``pdf``, yearly or for a case."""
        pool = self.page.pool

        def read() -> tuple[Any, Any]:
            content = form_contents(pool, [uid], number)[0]
            return content, declaration_paper(pool, [uid], number) if kind == "pdf" else None

        def ask(found: tuple[Any, Any]) -> None:
            content, paper = found
            suggested = str(Path(file_name(content)).with_suffix(f".{kind}").name)
            path = self.page.prompts.save_file(self.page, _("Form of the declaration"), suggested, kind)
            if path is None:
                return
            if kind == "pdf":
                if write_paper(self.page, paper, path):
                    self._written({"people": 1, "files": [str(path)]})
            else:
                self.page.jobs.read(self, lambda: write_declaration_form(pool, path, [uid], number), self._written)

        self.page.jobs.read(self, read, ask, key="form")

    # -- forms for many
    def forms_for(self, ids: Sequence[int]) -> None:
        """Forms for the people with these ids."""
        pool = self.page.pool
        if ids:
            self.page.jobs.read(self, lambda: [row.uid for row in people_rows(pool, list(ids))], self._ask_where)

    def forms_due(self) -> None:
        """Forms for everybody whose yearly declaration is missing or over."""
        pool = self.page.pool

        def ask(uids: list[str]) -> None:
            if uids:
                self._ask_where(uids)
            else:
                self.page.feedback.info(_("Every yearly declaration is in force; no form is needed."))

        self.page.jobs.read(self, lambda: [one.uid for one in due_declarations(pool)], ask)

    def _ask_where(self, uids: list[str]) -> None:
        words = n_("A form for {count} person.", "Forms for {count} people.", len(uids)).format(count=len(uids))
        way = self.page.prompts.choose(self.page, words, [
            ("folder", _("A file for each")), ("book", _("One workbook")), ("", _("Cancel"))])
        if way == "folder":
            path = self.page.prompts.folder(self.page, _("Folder for the forms"))
        elif way == "book":
            path = self.page.prompts.save_file(self.page, _("Form of the declaration"), "利益冲突声明.xlsx")
        else:
            return
        pool = self.page.pool
        if path is not None:
            self.page.jobs.read(
                self, lambda progress: write_declaration_form(pool, path, uids, progress=progress), self._written,
                words=_("Writing the forms"))

    def _written(self, done: dict[str, Any]) -> None:
        files = done["files"]
        where = Path(files[0]).name if len(files) == 1 else str(Path(files[0]).parent)
        self.page.feedback.ok(_("{people} forms written to {file}").format(people=done["people"], file=where))

    # -- read back
    def read_back(self) -> None:
        """Ask for files, then show what they would change."""
        pool, paths = self.page.pool, self.page.prompts.open_files(self.page, _("Forms that came back"))
        if paths:
            self.page.jobs.read(self, lambda progress: preview_declarations(pool, paths, progress=progress),
                                self._show_plan, key="forms", words=_("Reading the forms"))

    def _show_plan(self, plan: DeclarationPlan) -> None:
        dialog = ReadBackDialog(self.page, plan)
        pool = self.page.pool
        words = n_("{count} declaration recorded", "{count} declarations recorded", plan.counts()["apply"])
        dialog.wanted.connect(lambda: dialog.write(
            self.page.jobs, lambda: apply_declarations(pool, plan), words=words.format(count=plan.counts()["apply"])))
        self._open(dialog)

    def _open(self, dialog: Any) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self, _result: int) -> None:
        self.dialog = None
