"""Sentences of an import as a whole."""

from expertpool.foundation.language import N_

TEXTS = {
    "import.nothing": N_("No table with known headings was found in {file}. Nothing was imported. "
                         "Check that the list has a heading row such as 姓名、工作单位、职称."),
    "import.sheet": N_("{file} has no sheet named {sheet}. Nothing was imported. Check the sheet's name."),
    "import.case": N_("The case in this row is not complete ({value}). The row was left out. Please correct it."),
}
