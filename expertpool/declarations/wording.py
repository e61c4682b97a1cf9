"""Sentences of declarations of interests."""

from expertpool.foundation.language import N_

TEXTS = {
    "declarations.future": N_("The declaration is dated {day}, a day that has not come. Nothing was recorded. "
                              "Please check the day of the signature."),
    "declarations.question": N_("The form knows no question “{question}” with such an answer. Nothing was recorded. "
                                "Please answer the questions of the form."),
    "declarations.no_form": N_("{file} holds no declaration of interests. Nothing was read from it. "
                               "Please choose a form that this program wrote."),
    "declarations.no_number": N_("The form has no form number, or one that was changed. It is not said whose it is, "
                                 "and nothing is taken from it. Please use the form that was made for the person."),
    "declarations.stranger": N_("The form number leads to nobody in this pool. Nothing is taken from the form. "
                                "Please check that the right pool is open."),
    "declarations.name": N_("The form belongs to {known}, but “{value}” is written as the name. Nothing is taken "
                            "from it. Please check who filled it in."),
    "declarations.unit": N_("The form says “{value}” as the unit, the pool says {known}. The declaration counts. "
                            "If the person has moved, please change the unit in the register."),
    "declarations.case": N_("“{value}” is not the case that this form was made for. Nothing is taken from it. "
                            "Please make a form for that case."),
    "declarations.case_unknown": N_("There is no case “{value}” in the docket. Nothing is taken from the form. "
                                    "Please enter the case first."),
    "declarations.unsigned": N_("The form is not signed: {missing} is missing. It does not count as a declaration. "
                                "Please have it signed, or record the signed paper."),
    "declarations.signer": N_("The form of {known} is signed with “{value}”. It does not count as a declaration. "
                              "Please have the person sign it."),
    "declarations.signed_on": N_("“{value}” is not a full date of signing. The form does not count as a declaration. "
                                 "Please write year, month and day."),
    "declarations.signed_later": N_("The signature is dated {value}, a day that has not come. The form does not "
                                    "count as a declaration. Please check the day."),
    "declarations.date": N_("“{value}” is not a date. The day on file stays, if there is one. "
                            "Please write 2024, 2024-05 or 2024-05-12."),
    "declarations.relation": N_("“{value}” is no known word for {field}. It is kept as written."),
    "declarations.contradiction": N_("The question “{question}” is answered with “none”, but entries follow. The "
                                     "entries are taken and nothing on file is ended. Please ask the person."),
    "declarations.empty": N_("The question “{question}” is answered with “some”, but nothing is entered. Nothing on "
                             "file is changed. Please ask the person."),
    "declarations.unanswered": N_("The question “{question}” is not answered. Nothing on file is changed. "
                                  "Please ask the person."),
    "declarations.incomplete": N_("The entry names neither a person, a unit nor a number. It is left out. "
                                  "Please complete it."),
    "declarations.outside": N_("“{value}” stands outside the questions and was not read. "
                               "Please enter it below its question."),
    "declarations.nobody": N_("Nobody was chosen. No form was written. Please choose whom the forms are for."),
}
