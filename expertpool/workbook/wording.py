"""Sentences of the pool workbook."""

from expertpool.foundation.language import N_

TEXTS = {
    "exchange.not_workbook": N_("{name} has none of the sheets of a pool workbook. Nothing was imported. "
                                "Use “Import experts” for rosters, or a workbook that this program wrote."),
    "exchange.newer": N_("{name} was written in a newer form of the pool workbook ({found}). Nothing was imported. "
                         "Please install the newer program."),
    "exchange.sheet_unknown": N_("The sheet “{sheet}” does not belong to the pool workbook. It was left out. "
                                 "The sheet 说明 lists all names."),
    "exchange.column_unknown": N_("The column “{value}” is not known in the sheet “{sheet}”. It was left out. "
                                  "The sheet 说明 lists all heads."),
    "exchange.columns_missing": N_("The sheet “{sheet}” lacks the columns {columns}. None of its rows was imported. "
                                   "Please restore the heads as the sheet 说明 lists them."),
    "exchange.required": N_("“{field}” is empty. The row was not imported. Please fill it in."),
    "exchange.word": N_("“{value}” is not one of the words for this column. The row was not imported. "
                        "Please use one of: {choices}."),
    "exchange.date": N_("“{value}” is not a date. The row was not imported. "
                        "Please write 2024, 2024-05 or 2024-05-12."),
    "exchange.number": N_("“{value}” is not a number as wanted here. The row was not imported. Please correct it."),
    "exchange.precision": N_("The number {value} is too long for a number cell, its last digits are lost. "
                             "The row was not imported. Please enter it as text."),
    "exchange.json": N_("“{value}” cannot be read. The row was not imported. "
                        "Please leave this column as it was written, or empty."),
    "exchange.field": N_("“{value}” is no technical field. The row was not imported. "
                         "Please use a code of the field tree or an IPC symbol."),
    "exchange.field_left_out": N_("“{value}” is no technical field and was left out; the rest of the row was read. "
                                  "Please use a code of the field tree or an IPC symbol."),
    "exchange.masked": N_("“{field}” holds {count} hidden numbers. They were skipped, and numbers in the pool "
                          "stay as they are. For full numbers, export with a reason."),
    "exchange.person_unknown": N_("“{value}” is neither in the sheet 专家 nor in the pool. The row was not imported. "
                                  "Please check number, name and unit."),
    "exchange.person_ambiguous": N_("Several people are called “{value}”. The row was not imported. "
                                    "Please fill in the number or the unit."),
    "exchange.case_unknown": N_("There is no case “{value}” in this workbook or in the docket. The row was not "
                                "imported. Please check the case number."),
    "exchange.unit_unknown": N_("The unit “{value}” is neither in the sheet 单位 nor in the pool. The row was not "
                                "imported. Please check its name, or add it to that sheet."),
    "exchange.party_unknown": N_("“{value}” is not a party of this case. The row was not imported. "
                                 "Please check the name and the side."),
    "exchange.assignment_unknown": N_("There is no assignment “{value}”. The row was not imported. "
                                      "Please check the number."),
    "exchange.refused": N_("The workbook has {count} rows with errors, and all or nothing was asked for. "
                           "Nothing was imported. Please correct these rows."),
}
