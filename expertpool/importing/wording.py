"""Sentences of problems found when values of spreadsheets are read."""

from expertpool.foundation.language import N_

TEXTS = {
    "name_missing": N_("There is no name in this row. The row cannot become a person. Fill in the name."),
    "name_damaged": N_("The name “{value}” holds a mark in place of a lost character. It was kept as it is. "
                       "Compare it with the original."),
    "name_rare": N_("The name “{value}” holds a character from a private font. It may show wrongly elsewhere. "
                    "Replace it with the standard character."),
    "name_several": N_("“{value}” looks like several people in one cell. It was read as one name. "
                       "Give each person a row."),
    "name_repaired": N_("The name was written “{value}”; it was read as {name}. Nothing needs to be done."),
    "name_unlikely": N_("“{value}” does not look like a name. It was kept as it is. Please check it."),
    "id_checksum": N_("The identity number {value} is wrong: its length, date or check digit does not fit. "
                      "It was kept as written. Compare it with the card."),
    "id_repaired": N_("The identity number was written “{value}”; it was read as {number}. "
                      "Nothing needs to be done."),
    "id_precision_lost": N_("The identity number was stored as a number ({value}) and its last digits are lost. "
                            "It was left empty. Ask for it again and enter it as text."),
    "id_missing": N_("The identity number is missing. The person is kept without one. Add it when known."),
    "id_15": N_("{value} is an old identity number of 15 digits. It was kept. Ask for the number of 18 digits."),
    "id_hidden": N_("Part of the identity number {value} is hidden by stars. It was left empty. "
                    "Ask for the whole number."),
    "id_unknown": N_("{value} fits no known kind of identity paper. It was kept as written. "
                     "Please check the number and the kind of paper."),
    "birth_invalid": N_("“{value}” is not a certain date of birth. Only what is certain was kept. "
                        "Correct it in the form year-month-day."),
    "birth_id_mismatch": N_("The birth {value} is not that of the identity number ({known}). "
                            "Both were kept as written. Find out which one is right."),
    "birth_from_age": N_("The year of birth was worked out from the age {value}. It may be one year off. "
                         "Enter the date of birth."),
    "date_invalid": N_("“{value}” is not a date. It was left empty. Correct it in the form year-month-day."),
    "date_serial": N_("{value} is a day number without a date format; it was read as {date}. Please check it."),
    "term_reversed": N_("The term “{value}” ends before it begins. It was kept as written. Please correct it."),
    "phone_invalid": N_("“{value}” is not a complete phone number. It was kept as written. Please check it."),
    "phone_precision_lost": N_("The phone number was stored as {value} and its digits are lost. "
                               "It was left empty. Ask for it again and enter it as text."),
    "phone_repaired": N_("The phone number {value} had been turned into a number; it was read as {number}. "
                         "Nothing needs to be done."),
    "email_invalid": N_("“{value}” is not an e-mail address. It was left empty. Please correct it."),
    "gender_invalid": N_("“{value}” is not a sex. It was left empty. Please enter 男 or 女."),
    "gender_id_mismatch": N_("The sex {value} is not that of the identity number ({known}). "
                             "Both were kept as written. Find out which one is right."),
    "word_unknown": N_("“{value}” is not a word of the list. It was kept as written. Choose a word of the list."),
    "role_unknown": N_("“{value}” names no role of the register. No role was entered for it. Choose a role."),
    "hidden_row": N_("Row {row} is hidden in the sheet. It was read nevertheless. "
                     "Leave it out if it was hidden on purpose."),
    "case_number_missing": N_("There is no case number in this row. The row cannot become a case. "
                              "Fill in the number."),
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
