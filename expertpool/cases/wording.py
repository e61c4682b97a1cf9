"""Sentences of the docket: case numbers, causes, parties, patents."""

from expertpool.foundation.language import N_

TEXTS = {
    "case.closed_before": N_("The case {number} was closed on {day} already. Nothing was changed. Open its form to "
                             "enter another day."),
    "case.closed_already": N_("is closed already"),
    "case.other_court": N_("belongs to another court"),
    "case.none_to_close": N_("None of the cases chosen can be closed. Nothing was written. Choose cases in hand."),
    "case.known": N_("The case {number} is in the docket already. Nothing was written. "
                     "Open that case to change it."),
    "case.unknown": N_("There is no case {number} in the docket. Nothing was changed. "
                       "Check the number, or enter the case first."),
    "case.number_unread": N_("“{value}” was not understood as a case number. It is kept as written, without "
                             "year, court and procedure. Please check it, or fill these in by hand."),
    "case.court_unknown": N_("The court code in “{value}” is not in the list of courts. The number is kept. "
                             "Please check it, or add the court to the list."),
    "case.cause_unknown": N_("“{value}” is not in the list of causes. It is kept as written. "
                             "Please choose a cause from the list if there is one."),
    "patent.number_unread": N_("“{value}” does not look like a Chinese patent number. It is kept as written. "
                               "Please check it."),
    "patent.check_digit": N_("The check digit of the patent number “{value}” is wrong. It is kept as "
                              "written. Please compare it with the certificate."),
    "party.credit_code": N_("The credit code “{value}” is wrong: {reason}. It is kept as written. "
                            "Please compare it with the business licence."),
    "case.cycle": N_("{later} cannot follow from {earlier}: by the links entered, {earlier} follows from {later}. "
                     "Nothing was linked. Please check which case came first."),
    "case.link_kind": N_("“{kind}” is no kind of link between cases. Nothing was linked. Please choose one from the "
                         "list."),
    "case.not_linked": N_("{earlier} and {later} are not linked. Nothing was changed."),
}
