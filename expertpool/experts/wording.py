"""Sentences of the register."""

from expertpool.foundation.language import N_

TEXTS = {
    "standing.already": N_("is so already"),
    "standing.merged": N_("was merged into another record"),
    "standing.waits": N_("waits for the approval of an import"),
    "standing.nobody": N_("None of those chosen would change. Nothing was written. Choose other people or another "
                          "state."),
    "search.numbers": N_("Without the right to see numbers in full, people can be looked up by {count} numbers in an "
                         "hour. Nothing was looked up. Please search by name or unit, or try again later."),
    "reveal.reason": N_("Personal numbers are shown only with a reason. Nothing was shown. "
                        "Please say what they are needed for."),
    "person.name": N_("A person needs a name. Nothing was saved."),
    "duplicates.id_number": N_("the identity number is the same"),
    "duplicates.id_old": N_("the old identity number of 15 digits is the same person's"),
    "duplicates.id_near": N_("the identity numbers are one digit apart"),
    "duplicates.id_differs": N_("the identity numbers differ, but one of them is wrong"),
    "duplicates.phone": N_("the mobile number is the same"),
    "duplicates.birth": N_("the date of birth is the same"),
    "duplicates.birth_year": N_("the year of birth is the same"),
    "duplicates.birth_differs": N_("the dates of birth differ"),
    "duplicates.gender_differs": N_("the sexes differ"),
    "duplicates.employer": N_("the unit is the same"),
    "duplicates.employer_like": N_("the units have similar names"),
    "duplicates.name": N_("the name is the same and nothing else is known"),
    "duplicates.name_variant": N_("the names are other spellings of one name"),
    "duplicates.former_name": N_("one name is the other's former name"),
    "duplicates.name_sound": N_("the names sound the same"),
    "duplicates.name_character": N_("the names are one character apart"),
    "duplicates.name_differs": N_("the names differ"),
    "duplicates.several": N_("several people of the pool fit"),
    "merge.itself": N_("A person cannot be merged with himself or herself. Nothing was changed. Choose two people."),
    "merge.gone": N_("{name} has already been merged with somebody else. Nothing was changed. "
                     "Undo that merge first."),
    "merge.not_merged": N_("{name} was not merged with anybody. There is nothing to undo."),
    "merge.reason": N_("A merge needs a reason. Nothing was changed. Please say why they are the same person."),
    "merge.choice": N_("The merge cannot take {value} for {field}. Nothing was changed. "
                       "Choose one of the two values."),
    "merge.why_only": N_("only this one is filled in"),
    "merge.why_longer": N_("it says more"),
    "merge.why_newer": N_("it is newer"),
    "merge.why_kept": N_("it belongs to the person who is kept"),
    "merge.spared_value": N_("{field} of {name} was changed after the merge and stays as it is."),
    "merge.spared_gone": N_("An entry of {name} ({what}) was removed or replaced after the merge "
                            "and does not come back."),
    "merge.spared_row": N_("An entry of {name} ({what}) was changed after the merge; the change stays."),
    "duplicates.answer": N_("“{answer}” is no answer. Nothing was saved. Answer with same, different or later."),
    "duplicates.settled": N_("This question has already been answered by somebody. Nothing was changed."),
    "duplicates.candidate_gone": N_("The person this row was compared with is no longer in the pool. Nothing was "
                                    "changed. Enter the row as a new person or drop it."),
    "batch.undone": N_("This import has already been undone. Nothing was changed."),
    "batch.missing": N_("The journal no longer tells what this import wrote. Nothing was changed."),
    "batch.edited": N_("was changed after the import"),
    "batch.assigned": N_("has been appointed to a case since"),
    "batch.merged": N_("has been merged with somebody since"),
    "batch.imported": N_("was updated by a later import"),
    "batch.waiting": N_("is compared with a row that waits for an answer"),
    "batch.answered": N_("somebody has answered whether it is a duplicate"),
    "batch.referred": N_("other records refer to it now"),
    "batch.field": N_("{field} was changed after the import and stays as it is"),
    "effect.load": N_("Open cases: {kept} and {other}; {after} after the merge."),
    "effect.twice": N_("Both serve in {number}. After the merge the same person serves there twice."),
    "effect.blocks": N_("{number}: after the merge this person would be barred. {reason}"),
    "effect.warns": N_("{number}: after the merge there is a warning. {reason}"),
}
