"""Sentences about false alarms and about findings that come up after an appointment."""

from expertpool.foundation.language import N_

TEXTS = {
    "dismiss.reason": N_("Nothing was dismissed: the reason is missing. Please write what was verified and with "
                         "whom; it is kept with the finding."),
    "dismiss.gone": N_("Nothing was dismissed: this finding is no longer there, the facts have changed meanwhile. "
                       "Please check again."),
    "dismiss.never": N_("Nothing was dismissed: rule {rule} rests on a fact, not on a likeness: {reason} Where the "
                        "fact is wrong, correct it in the record."),
    "alert.settled": N_("This alert is closed already. Nothing was changed."),
    "alert.reason": N_("Nothing was written: the reason is missing. Please write why the person goes on."),
    "alert.hard": N_("{name} cannot go on in {number}: {reason} Nothing was written. Please replace the person or "
                     "correct the fact."),
}
