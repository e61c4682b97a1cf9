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
}
