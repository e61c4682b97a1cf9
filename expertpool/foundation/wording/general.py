"""Sentences that belong to no room."""

from expertpool.foundation.language import N_

TEXTS = {
    "bug": N_("Something went wrong inside the program ({what}). Nothing of this step was kept. "
              "Please report it; EXPERTPOOL_DEBUG=1 shows the details."),
    "screen.none": N_("There is no screen here, so the window cannot open. Use the command line instead: "
                      "python main.py --help, or python main.py demo FOLDER."),
}
