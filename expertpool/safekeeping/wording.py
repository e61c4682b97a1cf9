"""Sentences of backups."""

from expertpool.foundation.language import N_

TEXTS = {
    "backup.unwritten": N_("The backup {path} could not be written ({reason}). The pool itself is unharmed, but "
                           "there is no new backup. Free some space, or choose another folder for backups."),
    "backup.unread": N_("The backup {path} cannot be read ({reason}). Nothing was changed. Check that the disk is "
                        "connected, or choose another backup."),
    "backup.foreign": N_("{path} is not a backup of this program. Nothing was changed. Choose a file that ends in "
                         ".backup."),
    "backup.damaged": N_("This backup was changed or is not complete. Nothing was restored or changed. Choose "
                         "another backup, from the second folder for instance."),
    "backup.second": N_("The backup was made, but not copied to the second folder {path} ({reason}). Check that "
                        "the disk is connected; the next backup is copied again."),
    "backup.other": N_("This backup is of another pool. Nothing was changed. Restore it to a file of its own."),
    "backup.newer": N_("This backup was written by a newer version ({found}) than this program. Nothing was "
                       "changed. Please install the newer program."),
    "backup.older": N_("This backup was written by an older version ({found}). The pool was not changed. Restore the "
                       "backup to a new place, which brings it up to date, and open it there."),
    "past.barrier": N_("A backup was restored on {at}; what was before cannot be rebuilt from the journal. "
                       "Nothing was changed. Open the backup made before the restore in a place of its own."),
    "past.day": N_("“{day}” is neither a day (2026-03-01) nor the number of an entry. Nothing was opened. "
                   "Choose a day, or a number that the journal lists."),
    "past.clock": N_("The clock ran backwards around the end of {day}: entry {later} is stamped later than that day, "
                     "entry {last} was written after it and is stamped within the day. Which of them belong to the "
                     "day cannot be told. Nothing was opened. Give the number of an entry instead of the day."),
    "past.read_only": N_("This is the pool as of {day}; it can be read, not changed. Nothing was changed. Close it "
                         "and work in the pool of today."),
    "move.differs": N_("The copy is not the same as the pool in: {tables}. The pool is unharmed. Let nobody write "
                       "while it is moved, empty the target, and try again."),
    "digest.code": N_("This is not a digest of a journal, or a sign of it was misread. Nothing was compared. Check "
                      "every sign against the paper."),
    "recycle.missing": N_("These records are not among what this operation deleted, or are back already. "
                          "Nothing was changed."),
    "recycle.taken": N_("These records cannot come back: something else has their number, or what they belonged to "
                        "is gone as well. Nothing was changed. Look for the newer record first."),
    "restore.unguarded": N_("The backup holds no administrator who could sign in, so the pool would stand open to "
                            "everybody. Nothing was changed. Restore it with the accounts of today."),
    "restore.reason": N_("A restore needs a reason, which the journal keeps. Nothing was changed."),
    "check.file": N_("The database file is damaged ({what}). What is stored may be lost in part. Restore the latest "
                     "backup; its preview says what would change."),
    "check.references": N_("{count} entries of {table} point ({column}) to records that are not there. Nothing was "
                           "changed. Restore a backup from before that."),
    "check.journal": N_("The journal does not fit together from entry {entry} on: it was changed from outside. "
                        "Compare with the printed digests and restore a backup from before."),
    "check.journal_end": N_("The newest entries of the journal, from {entry} on, are missing: they were taken out "
                            "from outside. Restore a backup that holds them."),
    "check.journal_seal": N_("The seal of the journal's newest entry ({entry}) is missing or is not this pool's: the "
                             "journal was changed from outside. Compare with the printed digests."),
    "check.clock": N_("Entry {entry} was written at {at}, after one of {before}: a computer's clock was set back. "
                      "Days of entries near it may be wrong; their order is not."),
    "check.record_changed": N_("{kind} {id} ({name}) was changed behind the journal: {fields}. Look at its history "
                               "and enter what is right, or restore a backup."),
    "check.record_added": N_("{kind} {id} ({name}) was written behind the journal: no operation made it. Look at it "
                             "and remove it, or restore a backup."),
    "check.record_gone": N_("{kind} {id} ({name}) was deleted behind the journal. Restore a backup that holds it."),
    "check.records_unread": N_("The records could not be held against the journal, because it does not open from the "
                               "entry named above on."),
    "pool.regressed": N_("This pool is older than what this computer saw last: it ends with operation {found}, but "
                         "operation {seen} was there already. The file was put back from an older copy, or confirmed "
                         "work was lost with a damaged disk. Look at the backups before you go on; the journal keeps "
                         "this finding."),
    "check.sealed": N_("{count} protected values of {table} do not open with the pool's key: they were changed from "
                       "outside. Restore them from a backup."),
    "check.listings": N_("{count} entries of the list made from {table} were out of step. Nothing is lost; “database "
                         "check --repair” makes the list anew."),
    "backup.not_empty": N_("There is a pool at {path} already. Nothing was changed. Choose another place, or open "
                           "that pool and restore the backup there."),
    "backup.needs_code": N_("The key of this backup is not on this computer. Nothing was restored. Enter the "
                            "recovery code from the recovery paper."),
    "vault.no_key": N_("The key of {path} is not on this computer for this user. Nothing was opened or changed. "
                       "Enter the recovery code from the recovery paper (command “vault recover”)."),
    "vault.wrong_code": N_("This recovery code does not open the pool's key. Nothing was changed. Check every "
                           "character against the recovery paper."),
    "vault.short": N_("A passphrase needs at least {count} characters. Nothing was changed, and the recovery code "
                      "stays as it was. Choose a longer one, several words for instance."),
    "vault.key_file": N_("A pool on a server needs the key file that its administrator hands over. Nothing was "
                         "changed. Name it with --key-file."),
    "vault.key_unread": N_("The key file {path} cannot be read. Nothing was opened or changed. Put the file back "
                           "from a copy, or enter the recovery code from the recovery paper."),
    "vault.key_unwritten": N_("The key file {path} could not be written ({reason}). Nothing was changed. Choose "
                              "another folder or ask for write permission."),
    "vault.value": N_("A protected value cannot be opened: it was changed outside the program, or belongs to another "
                      "key. Nothing was changed. Run “database check”, and restore the latest backup if needed."),
}
