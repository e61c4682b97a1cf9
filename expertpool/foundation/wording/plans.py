"""Sentences of an import as a whole."""

from expertpool.foundation.language import N_

TEXTS = {
    "import.not_whole": N_("{count} rows cannot be imported. Nothing was written, because all or nothing "
                           "was asked for. Correct these rows, or let the import leave them out."),
    "import.nothing": N_("No table with known headings was found in {file}. Nothing was imported. "
                         "Check that the list has a heading row such as 姓名、工作单位、职称."),
    "import.sheet": N_("{file} has no sheet named {sheet}. Nothing was imported. Check the sheet's name."),
    "import.other_table": N_("The table in sheet {sheet} names nobody and was left out ({rows} rows). "
                             "If it does hold people, give its column of names a usual heading."),
    "import.hidden_column": N_("Column {column} ({value}) of sheet {sheet} is hidden. Its values are read all the "
                               "same. If they are not meant to be, set the column to “not imported”."),
    "import.returned_kind": N_("{file} is an error workbook of another kind of list (people or cases). "
                               "Nothing was imported. Choose the other kind of import."),
    "import.case": N_("The case in this row is not complete ({value}). The row was left out. Please correct it."),
}
