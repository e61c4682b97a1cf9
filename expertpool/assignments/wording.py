"""Sentences of assignments and appointments."""

from expertpool.foundation.language import N_

TEXTS = {
    "opinion.file": N_("{file} cannot be kept as an opinion: it cannot be read, is empty, or is larger than 20 MB. "
                       "Nothing was kept. Choose the signed paper as one file."),
    "opinion.unwritten": N_("{file} could not be written. The opinion stays in the pool. Choose another place."),
    "assignment.step": N_("An assignment that is “{before}” cannot become “{after}”. Nothing was changed."),
    "appoint.blocked": N_("{name} cannot be appointed to {number}: {reason} Nothing was written."),
    "appoint.lift": N_("{name} cannot be appointed to {number}: {reason} Nothing was written. "
                       "This rule lets the block be lifted: give the ground on which it is, and it will be "
                       "printed on the check sheet."),
    "appoint.verify": N_("{name} can be appointed to {number} only with a written reason, because: {reason} "
                         "Nothing was written. Give the reason and appoint again."),
    "appoint.twice": N_("{name} already serves in {number}. Nothing was written."),
    "appoint.closed": N_("{number} is closed, so nobody can be appointed to it. Nothing was written."),
    "notice.blocked": N_("The parties of {number} cannot be told of {name} yet: {reason} Nothing was written. Record "
                         "the signed declaration, then tell the parties."),
    "notice.verify": N_("The parties of {number} can be told of {name} only with a written reason, because: {reason} "
                        "Nothing was written. Give the reason and take the step again."),
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
    "sheet.none": N_("This assignment has no stored check: it was taken over from a file. There is no check sheet."),
}
