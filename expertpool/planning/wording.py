"""Sentences about plans for many cases."""

from expertpool.foundation.language import N_

TEXTS = {
    "plan.way": N_("There is no way of planning called {way}. Nothing was worked out. Please choose best or fair."),
    "plan.file": N_("This file is not a plan. Nothing was applied. Please choose a file that plan make has written."),
    "plan.fixed": N_("{uid} cannot sit in {number}: the person may not serve there. Nothing was worked out. Please "
                     "let the seat go or choose somebody else."),
    "plan.closed": N_("{number} is not an open case of the docket. Nothing was worked out. Please check the number."),
    "plan.broken": N_("The plan no longer holds: {name} in {number}. {reason} Nothing was written; {count} seats are "
                      "concerned. Please work it out again."),
}
