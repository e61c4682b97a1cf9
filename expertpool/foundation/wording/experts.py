"""Sentences of the register."""

from expertpool.foundation.language import N_

TEXTS = {
    "reveal.reason": N_("Personal numbers are shown only with a reason. Nothing was shown. "
                        "Please say what they are needed for."),
    "date.form": N_("“{value}” is not a date. The form keeps it until it reads like 1978, 1978-05 or 1978-05-12."),
    "person.name": N_("A person needs a name. Nothing was saved."),
}
