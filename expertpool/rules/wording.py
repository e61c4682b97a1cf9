"""Sentences of the rule book and of the calendar that days are counted with."""

from expertpool.foundation.language import N_

TEXTS = {
    "rules.unknown": N_("There is no rule {rule} in the rule book. Nothing was changed. Please check the "
                        "rule's number."),
    "rules.fixed": N_("Rule {rule} ({title}) follows from law ({source}) and cannot be changed. Nothing "
                      "was changed."),
    "rules.value": N_("Rule {rule} does not know {value}. Nothing was changed. Please choose a level or "
                      "parameter that the rule has."),
    "holidays.value": N_("The holidays of {year} cannot be read near {value}. Nothing was stored. Write the year as"
                         " the shipped ones are: source, dated, off (first day, last day, name), work (days)."),
}
