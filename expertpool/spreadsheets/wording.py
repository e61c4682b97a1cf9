"""Sentences of reading and writing table files."""

from expertpool.foundation.language import N_

TEXTS = {
    "spreadsheets.missing": N_("There is no file {name}. Nothing was read. Check the name and the folder."),
    "spreadsheets.folder": N_("{name} is a folder, not a file. Nothing was read. Choose a file in it."),
    "spreadsheets.locked": N_("{name} is locked by another program or may not be read. Nothing was read. "
                              "Close it in WPS or Excel and try again."),
    "spreadsheets.unreadable": N_("{name} could not be read from the disk ({reason}). Nothing was read. "
                                  "Copy it to a local folder and try again."),
    "spreadsheets.empty": N_("{name} is empty. Nothing was read. Choose a file with rows in it."),
    "spreadsheets.file_too_large": N_("{name} is larger than {limit} MB. Nothing was read. Split it or "
                                      "save it without pictures."),
    "spreadsheets.unpacks_too_large": N_("{name} would unpack to more than {limit} MB, which no roster "
                                         "needs. Nothing was read. Save it anew in WPS or Excel."),
    "spreadsheets.too_many_rows": N_("{name} has more than {limit} rows or too many cells. Nothing was "
                                     "read. Split it into several files."),
    "spreadsheets.too_many_cells": N_("{name} reaches over more than {limit} cells. Nothing was read. "
                                      "Delete the empty rows and columns behind the table, or split the "
                                      "file."),
    "spreadsheets.too_wide": N_("{name} has more than {limit} columns. Nothing was read. Check whether it "
                                "is a table at all."),
    "spreadsheets.too_much": N_("{name} is damaged or needs too much memory. Nothing was read. Open it in "
                                "WPS or Excel, copy the table into a new file, and read that one."),
    "spreadsheets.too_slow": N_("{name} could not be read within {limit} seconds. Nothing was read. Open "
                                "it in WPS or Excel, copy the table into a new file, and read that one."),
    "spreadsheets.damaged": N_("{name} is incomplete; the copy may have been interrupted. Nothing was "
                               "read. Please copy it again."),
    "spreadsheets.password": N_("{name} is protected by a password. Nothing was read. Remove the password "
                                "in WPS or Excel first."),
    "spreadsheets.foreign_xml": N_("{name} holds definitions that a spreadsheet never has and that can do "
                                   "harm. Nothing was read. Ask the sender for a clean file."),
    "spreadsheets.page_without_table": N_("{name} is a web page without a table; perhaps the log-in had "
                                          "expired. Nothing was read. Export it again."),
    "spreadsheets.is_lock_file": N_("{name} is only the lock mark of an open file. Nothing was read. "
                                    "Choose the file without “~$”."),
    "spreadsheets.is_pdf": N_("{name} is a PDF document, not a spreadsheet. Nothing was read. Ask for the "
                              "spreadsheet it was made from."),
    "spreadsheets.is_picture": N_("{name} is a picture, not a spreadsheet. Nothing was read. Ask for the "
                                  "spreadsheet it was made from."),
    "spreadsheets.is_document": N_("{name} is a text document of an old or foreign kind (.doc, .rtf, .odt). "
                                   "Nothing was read. Save it as .docx, or copy its table into a spreadsheet."),
    "spreadsheets.document_without_table": N_("{name} is a text document without a table. Nothing was read. "
                                              "Choose the document with the table, or a spreadsheet."),
    "spreadsheets.is_presentation": N_("{name} is a presentation, not a spreadsheet. Nothing was read. "
                                       "Copy its table into a spreadsheet first."),
    "spreadsheets.is_archive": N_("{name} is a packed archive. Nothing was read. Unpack it and choose the "
                                  "spreadsheet inside."),
    "spreadsheets.is_database": N_("{name} is a database file, not a spreadsheet. Nothing was read. Choose"
                                   " a spreadsheet."),
    "spreadsheets.is_program": N_("{name} is a program, not a spreadsheet. Nothing was read or run. Do not"
                                  " open it; ask the sender."),
    "spreadsheets.unknown": N_("{name} is not a spreadsheet. Nothing was read. Choose an .xlsx, .xls, .et,"
                               " .ods or .csv file."),
    "spreadsheets.no_sheet": N_("{name} has no sheet “{sheet}”; it has {found}. Nothing was read. Choose "
                                "one of these."),
    "spreadsheets.reader_not_started": N_("The program that reads spreadsheets could not be started. "
                                          "Nothing was read. Restart the computer or check the virus "
                                          "scanner."),
    "spreadsheets.extension": N_("The file's ending does not match its content ({kind}). It was read by "
                                 "its content."),
    "spreadsheets.error_cell": N_("The cell shows the error {value} instead of a value. It was taken as "
                                  "not known. Correct it in the spreadsheet."),
    "spreadsheets.formula_uncomputed": N_("The cell holds a formula that was never computed. Its value is "
                                          "not known. Open the file in WPS or Excel, save it, and read it "
                                          "again."),
    "spreadsheets.more_cells": N_("{count} more cells of sheet {sheet} show errors or formulas that were "
                                  "never computed. Their values are not known."),
    "spreadsheets.bad_characters": N_("{count} characters could not be read and are shown as �. Check "
                                      "these rows, or save the file as UTF-8."),
    "spreadsheets.mixed_encodings": N_("{count} lines are written in another encoding than the rest and show "
                                       "wrong characters. Check them, or save the file as UTF-8."),
    "spreadsheets.loose_quote": N_("A quotation mark is opened and never closed. Quotation marks were read"
                                   " as ordinary characters. Check the rows."),
    "spreadsheets.western_label": N_("The file labels its Chinese text as Western. The text was repaired. "
                                     "Check some names."),
    "spreadsheets.far_cell": N_("A cell stands far from the table (“{value}”). It was read. Check whether "
                                "it belongs to the table."),
    "spreadsheets.outside_cell": N_("{count} cells claim a place beyond the last row or column of a sheet "
                                    "(“{value}”). They were left out. Check the file."),
    "spreadsheets.target_open": N_("{name} is open in another program or may not be written. Nothing was "
                                   "written. Close it in WPS or Excel and try again."),
    "spreadsheets.target_folder": N_("The folder {name} does not exist. Nothing was written. Choose "
                                     "another folder."),
    "spreadsheets.disk_full": N_("The disk is full. {name} was not written. Free some space and try again."),
    "spreadsheets.text_cut": N_("The text is longer than a spreadsheet cell holds and was cut after "
                                "{limit} characters in the written file. The pool keeps the whole text."),
    "spreadsheets.formula_guarded": N_("{count} cells begin with a sign that spreadsheet programs take for"
                                       " a formula. An apostrophe was put before them."),
}
