"""Sentences of storage, journal and accounts."""

from expertpool.foundation.language import N_

TEXTS = {
    "database.newer": N_("This pool was written by a newer version ({found}) than this program ({known}). "
                         "Nothing was changed. Please install the newer program."),
    "database.foreign": N_("{path} is not an ExpertPool database. It was left untouched. "
                           "Please choose another file."),
    "database.missing": N_("There is no pool at {path}. Nothing was created. Check the path, or run "
                           "“init” to make a new pool there."),
    "database.read_only": N_("{path} cannot be written: the folder or file is read-only. Nothing was changed. "
                             "Choose another folder or ask for write permission."),
    "database.busy": N_("Another program is writing to the pool just now. Nothing of this change was kept. "
                        "Please try again in a moment."),
    "database.held": N_("This pool is open in another window of {user} on {computer} since {since}. It was not "
                        "opened a second time. Work there, or close that window first."),
    "database.network": N_("{path} lies on a network folder, where an embedded pool can be damaged. It was not "
                           "opened. Keep it on a local disk, or share the pool through PostgreSQL."),
    "database.unreachable": N_("The database server could not be reached ({reason}). Nothing was changed. "
                               "Check the address and the network."),
    "database.full": N_("The disk is full. Nothing of this change was kept. Free some space and try again."),
    "database.disk": N_("The disk could not be read or written: it is full, was pulled out, or a virus scanner holds "
                        "the file. Nothing of this change was kept. Mend that and try again."),
    "database.damaged": N_("The database file is damaged ({reason}). Nothing was changed. "
                           "Please restore the latest backup."),
    "record.changed": N_("This record was changed by someone else meanwhile. Your change was not saved. "
                         "Look at the new values and save again."),
    "record.missing": N_("The record {uid} is not in the pool. Nothing was changed."),
    "undo.nothing": N_("There is nothing to undo."),
    "undo.empty": N_("“{what}” changed no record, so there is nothing to undo."),
    "undo.again": N_("“{what}” was undone already."),
    "undo.permission": N_("“{what}” cannot be undone by {actor} ({office}), who may not do it either. Nothing was "
                          "changed. Ask somebody with an office for it, or an administrator."),
    "undo.others": N_("“{what}” was done by {whose}. Nothing was changed: {actor} ({office}) may only undo his or "
                      "her own operations. Ask {whose}, or an administrator."),
    "undo.later": N_("“{what}” cannot be undone: {count} of its records were changed or used later. "
                     "Nothing was changed. Undo the later operations first: {which}"),
    "undo.lasting": N_("“{what}” cannot be undone, because what it wrote stays as it was. Nothing was changed. "
                       "Declare a draw void with a ground and draw again; change an account by hand."),
}
