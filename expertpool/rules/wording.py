"""Sentences of the rule book and of the calendar that days are counted with."""

from expertpool.foundation.language import N_

TEXTS = {
    "rules.unknown": N_("There is no rule {rule} in the rule book. Nothing was changed. Please check the "
                        "rule's number."),
    "rules.fixed": N_("Rule {rule} ({title}) follows from law ({source}) and cannot be changed. Nothing "
                      "was changed."),
    "rules.value": N_("Rule {rule} does not know {value}. Nothing was changed. Please choose a level or "
                      "parameter that the rule has."),
    "field.type": N_("“{value}” cannot stand in “{field}”. Nothing was saved. Please enter the value anew."),
    "field.word": N_("“{value}” is not one of the words for “{field}”. Nothing was saved. "
                    "Please use one of: {choices}."),
    "field.said": N_("{said}"),  # a sentence that a draft has made already
    "field.long": N_("“{field}” takes at most {most} characters. Nothing was saved. Please shorten the text."),
    "date.form": N_("“{value}” is not a date. The form keeps it until it reads like 1978, 1978-05 or 1978-05-12."),
    "holidays.value": N_("The holidays of {year} cannot be read near {value}. Nothing was stored. Write the year as"
                         " the shipped ones are: source, dated, off (first day, last day, name), work (days)."),
}
