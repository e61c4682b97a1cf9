"""Sentences of problems that belong to no room."""

from expertpool.foundation.language import N_

TEXTS = {
    "bug": N_("Something went wrong inside the program ({what}). Nothing of this step was kept. "
              "Please report it; EXPERTPOOL_DEBUG=1 shows the details."),
    "data.json": N_("{file} cannot be read near {value}. The program's own data are damaged; nothing was done with "
                    "them. Please install the program anew."),
    "data.unknown_key": N_("{file}, entry {entry}: the key {key} is not known. The program's own data are damaged; "
                           "nothing was done with them. Please install the program anew."),
    "data.missing_key": N_("{file}, entry {entry}: the key {key} is missing. The program's own data are damaged; "
                           "nothing was done with them. Please install the program anew."),
    "data.value": N_("{file}, entry {entry}: {key} cannot be {value}. The program's own data are damaged; nothing "
                     "was done with them. Please install the program anew."),
    "disk.full": N_("The disk is full. Nothing of this step was kept, and what was there before is unharmed. "
                    "Free some space and try again."),
    "disk.failed": N_("The disk could not be read or written ({reason}). Nothing of this step was kept. Check that "
                      "it is connected and may be written, and try again."),
    "day.wrong": N_("“{day}” is no day. Nothing was done. Write it as 2026-11-23."),
    "screen.none": N_("There is no screen here, so the window cannot open. Use the command line instead: "
                      "python main.py --help, or python main.py demo FOLDER."),
    "demo.used": N_("The pool at {path} holds people already. Nothing was changed. "
                    "Name an empty folder, or another --database."),
    "demo.nobody": N_("Nobody in the pool fits any open case. Nobody was appointed."),
    "match.which": N_("Which case? Give its number, or --all-open for every open case that lacks people."),
}
