"""For whom a roster is made (用途): the words on the chips, and what each roster contains."""

from expertpool.foundation.language import N_, _

AUDIENCES = (("internal", N_("Internal")), ("public", N_("Publication")), ("shared", N_("Sharing")),
             ("finance", N_("Finance")))
SAID = {
    "internal": N_("With telephone and identity number, both masked, and the open cases."),
    "public": N_("Without telephone, identity number and date of birth."),
    "shared": N_("For another court: without personal numbers; every page names the receiver."),
    "finance": N_("For payment: identity, telephone and account numbers in full. A reason is asked for and kept, and "
                  "every page names the receiver."),
}
RECEIVED = ("shared", "finance")
REASONED = ("finance",)


def audience_word(purpose: str) -> str:
    """The word for a purpose."""
    return _(dict(AUDIENCES).get(purpose, purpose))
