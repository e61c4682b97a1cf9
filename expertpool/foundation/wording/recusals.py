"""Sentences of recusal applications, of check sheets, and of the calendar that days are counted with."""

from expertpool.foundation.language import N_

TEXTS = {
    "recusal.state": N_("Nobody can ask that {name} step aside from {number}: the assignment is “{state}”. Nothing "
                        "was written."),
    "recusal.value": N_("“{value}” is no {what} of a recusal application. Nothing was written."),
    "recusal.incomplete": N_("A recusal application needs {what}. Nothing was written. Fill it in and file it "
                             "again."),
    "recusal.day": N_("{day} cannot be the day of {what}. Nothing was written. Give a day that is not before "
                      "{least} and not after today."),
    "recusal.debate": N_("The hearing of {number} was on {day}. A recusal may be asked for later only on a ground "
                         "that became known later, until the end of court debate. Nothing was written. Enter when "
                         "and how the ground became known."),
    "recusal.pending": N_("A recusal application against {name} in {number} waits for its decision, so the "
                          "assignment cannot go on. Nothing was changed. Decide the application first."),
    "recusal.decided": N_("The recusal application against {name} in {number} is decided already. Nothing was "
                          "changed. A decision is changed only by reconsideration, or undone where it was a slip."),
    "recusal.undecided": N_("The recusal application against {name} in {number} is not decided yet, so nobody can "
                            "ask for reconsideration. Nothing was written."),
    "recusal.nobody": N_("{name} was recused without a party's application, so there is no applicant who could ask "
                         "for reconsideration. Nothing was written."),
    "recusal.once": N_("Reconsideration was asked for already; it is allowed once. Nothing was written."),
    "recusal.unasked": N_("Nobody asked for reconsideration of this decision. Nothing was written."),
    "recusal.reconsidered": N_("The reconsideration is decided already. Nothing was changed."),
    "holidays.value": N_("The holidays of {year} cannot be read near {value}. Nothing was stored. Write the year as"
                         " the shipped ones are: source, dated, off (first day, last day, name), work (days)."),
    "sheet.none": N_("This assignment has no stored check: it was taken over from a file. There is no check sheet."),
}
