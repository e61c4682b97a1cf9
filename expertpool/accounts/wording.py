"""Sentences of accounts and permissions."""

from expertpool.foundation.language import N_

TEXTS = {
    "permission.denied": N_("{actor} ({office}) may not do this: {operation}. Nothing was changed. "
                            "Ask an administrator of the pool."),
    "permission.signed_out": N_("Nobody is signed in. Nothing was read or changed. Please sign in."),
    "permission.other_court": N_("{actor} holds no office at the court of this case ({court}). Nothing was "
                                 "changed. Ask somebody of that court, or an administrator."),
    "account.wrong": N_("Name or password is wrong. Nobody was signed in. Please try again; after several failures "
                        "the account is locked for a while."),
    "account.locked": N_("This account is locked until {until} after several failures. Nobody was signed in. Wait, "
                         "or ask an administrator to unlock it."),
    "account.window_held": N_("{name} left this window locked. Nothing was shown. Only {name} or an administrator "
                             "can open it; close the program to work under another account."),
    "account.password": N_("A password needs at least {count} characters of {kinds} kinds (small, capital, digits, "
                           "others), and not the account's name. Nothing was changed. Choose another one."),
    "account.must_change": N_("The password of {name} was given by somebody else and must be changed first. Nothing "
                              "was read or changed. Choose a new one with: account password {name}"),
    "account.known": N_("There is an account “{name}” already. Nothing was changed. Choose another name."),
    "account.missing": N_("There is no account “{name}”. Nothing was changed. Look at the list of accounts."),
    "account.needs": N_("An account needs a name and one of these offices: {offices}. Nothing was changed."),
    "account.old": N_("The old password is not right. Nothing was changed. Please enter it again."),
    "account.same": N_("The new password is the old one. Nothing was changed. Choose another one."),
    "account.by_itself": N_("{name} must sign in with a password: the court does not let this office be signed in as "
                            "the user of a computer. Nothing was changed. Clear that choice, or change the rules of "
                            "accounts."),
    "account.chief": N_("One active administrator with a password must remain, and be the first. Nothing was "
                        "changed. Give another account that office first."),
    "import.own_approval": N_("Whoever imported people cannot approve them. Nothing was changed. Ask a colleague who "
                              "may approve."),
    "import.approve_first": N_("{name} came with an import that waits for approval. Nothing was changed. Approve the "
                               "import, or remove the person."),
    "import.nothing_pending": N_("Nobody of this import waits for approval. Nothing was changed."),
    "draw.witness_office": N_("{witness} has no account that may witness draws, or is the operator. Nothing was "
                              "drawn. Name somebody with that office."),
}
