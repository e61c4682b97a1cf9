"""Sentences of rosters."""

from expertpool.foundation.language import N_

TEXTS = {
    "roster.purpose": N_("“{purpose}” is no purpose of a roster. Nothing was written. Choose one of: {known}."),
    "roster.receiver": N_("This roster leaves the court, and nobody is named who receives it. Nothing was written. "
                          "Name the receiver, whose name stands on every page."),
    "roster.receiver_path": N_("“{receiver}” is the place of a file, not a receiver. Nothing was written. Name the "
                               "court or office and the person, without / and \\."),
    "roster.receiver_long": N_("The receiver is longer than {most} characters, and would not fit on every page. "
                               "Nothing was written. Name the court or office and the person."),
}
