"""Sentences of the vault and its key."""

from expertpool.foundation.language import N_

TEXTS = {
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
