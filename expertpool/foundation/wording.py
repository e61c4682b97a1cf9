"""Sentences that belong to no room."""

from expertpool.foundation.language import N_

TEXTS = {
    "bug": N_("Something went wrong inside the program ({what}). Nothing of this step was kept. "
              "Please report it; EXPERTPOOL_DEBUG=1 shows the details."),
    "screen.none": N_("There is no screen here, so the window cannot open. Use the command line instead: "
                      "python main.py --help, or python main.py demo FOLDER."),
    "demo.used": N_("The pool at {path} holds people already. Nothing was changed. "
                    "Name an empty folder, or another --database."),
    "demo.nobody": N_("Nobody in the pool fits any open case. Nobody was appointed."),
    "match.which": N_("Which case? Give its number, or --all-open for every open case that lacks people."),
}
