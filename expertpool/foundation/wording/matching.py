"""Sentences of the checks (回避与资格审查): what was found, naming both facts; and of the rule book."""

from expertpool.foundation.language import N_

TEXTS = {
    "matching.R1.same_id": N_("The expert {name} is {whom} “{other}” in this case: the identity numbers "
                              "are the same."),
    "matching.R1.same_unit": N_("The expert {name} is {whom} “{other}” in this case: the name is the "
                                "same, and both belong to “{unit}”."),
    "matching.R2.same_unit": N_("The expert's unit “{unit}” is {whom} “{other}” in this case."),
    "matching.R2.branch": N_("The expert's unit “{unit}” is a branch of {whom} “{other}” in this case, or"
                             " the same unit under an earlier name."),
    "matching.R2.office": N_("The expert holds an office at “{unit}”, which is {whom} “{other}” in this "
                             "case."),
    "matching.R2.group": N_("The expert's unit “{unit}” belongs to the same group as {whom} “{other}” in "
                            "this case. {via}"),
    "matching.R3.left_recently": N_("The expert left “{unit}” in {date}, less than {years} years ago; it "
                                    "is {whom} “{other}” in this case."),
    "matching.R3.left_unknown": N_("The expert once worked for “{unit}”, which is {whom} “{other}” in "
                                   "this case; when this ended is not recorded."),
    "matching.R3.office_ended": N_("The expert's office at “{unit}” ended in {date}, less than {years} "
                                   "years ago; it is {whom} “{other}” in this case."),
    "matching.R4.unit": N_("“{unit}”, which the expert declared as a unit to avoid, is {whom} “{other}” "
                           "in this case."),
    "matching.R4.person": N_("“{name}”, whom the expert declared as a person to avoid, is {whom} "
                             "“{other}” in this case."),
    "matching.R4.group": N_("“{unit}”, which the expert declared as a unit to avoid, belongs to the same "
                            "group as {whom} “{other}” in this case. {via}"),
    "matching.R5.relative": N_("“{name}”, declared as the expert's near relative ({relation}), is {whom} "
                               "“{other}” in this case."),
    "matching.R5.inventor": N_("“{name}”, declared as the expert's near relative ({relation}), bears the "
                               "name of {whom} “{other}”."),
    "matching.R5.other_relation": N_("“{name}”, with whom the expert declared a relation ({relation}), is"
                                     " {whom} “{other}” in this case."),
    "matching.R5.unit": N_("The unit “{unit}” of the expert's near relative “{name}” ({relation}) is "
                           "{whom} “{other}” in this case."),
    "matching.R6.firm": N_("The expert's unit “{unit}” is {whom} “{other}” in this case."),
    "matching.R6.branch": N_("The expert's unit “{unit}” is a branch of {whom} “{other}” in this case, or"
                             " the same firm under an earlier name."),
    "matching.R6.group": N_("The expert's unit “{unit}” is linked with {whom} “{other}” in this case. "
                            "{via}"),
    "matching.R6.former_firm": N_("The expert left “{unit}” in {date}, less than {years} years ago; it is"
                                  " {whom} “{other}” in this case."),
    "matching.R6.mandate": N_("The expert or the expert's firm had a mandate from “{unit}”, not finished "
                              "or finished less than {years} years ago; it is {whom} “{other}” in this "
                              "case."),
    "matching.R7.other_procedure": N_("The expert served as {role} in {number} ({earlier}) and may not "
                                      "serve in another procedure ({later}) of the same case."),
    "matching.R7.remand_exception": N_("The expert served as {role} in {number} ({earlier}). After the "
                                       "remand this does not bar the second instance."),
    "matching.R7.same_procedure": N_("The expert served as {role} in {number}, the same procedure "
                                     "({earlier}) of this dispute under another number. Please make sure "
                                     "that it is one procedure."),
    "matching.R7.preservation": N_("The expert served as {role} in {number} ({earlier}). Preservation and"
                                   " trial of one instance count as one procedure; please make sure that "
                                   "they belong together."),
    "matching.R7.ancillary": N_("The expert served as {role} in {number} ({earlier}), an ancillary "
                                "procedure of this dispute. Please decide whether this was part of the "
                                "trial."),
    "matching.R7.procedure_unknown": N_("The expert served as {role} in {number} of the same dispute; the"
                                        " procedure of one of the two cases is not recorded, so the bar "
                                        "cannot be judged."),
    "matching.R7.perhaps": N_("The expert was appointed as {role} in {number} of the same dispute but "
                              "withdrew. Please make sure that the expert took no part in it."),
    "matching.R7.already": N_("The expert is already appointed as {role} in {number}."),
    "matching.R7.appraiser_after": N_("The expert served as {role} in {number} and cannot be {wanted} in "
                                      "the same case."),
    "matching.R7.appraiser_again": N_("The expert was {role} in {number}. A new appraisal of the same "
                                      "matter needs another appraiser."),
    "matching.R7.other_role": N_("The expert was {role} in {number} of this dispute and cannot be "
                                 "{wanted} here."),
    "matching.R7.role_changed": N_("The expert was {role} in {number} of this dispute and would now be "
                                   "{wanted}."),
    "matching.R8.declared": N_("The expert declared to have examined or invalidated the patent in suit "
                               "{patent}."),
    "matching.R8.named": N_("The expert {name} is named as {whom} ({patent})."),
    "matching.R8.same_name": N_("The expert {name} bears the name of {whom} ({patent}). Please verify "
                                "whether it is the same person."),
    "matching.R8.own_patent": N_("The expert declared the patent in suit {patent} as an own one, as "
                                 "inventor or owner."),
    "matching.R9.unlisted": N_("The expert or a near relative declared shares in “{unit}”, an unlisted "
                               "company that is {whom} “{other}” in this case."),
    "matching.R9.listed": N_("The expert or a near relative declared shares in “{unit}”, a listed company"
                             " that is {whom} “{other}” in this case."),
    "matching.R9.group": N_("The expert or a near relative declared shares in “{unit}”, of the same group"
                            " as {whom} “{other}” in this case. {via}"),
    "matching.R10.related": N_("The expert served as {role} in {number}, linked with this case ({link})."),
    "matching.R11.same_name": N_("The expert {name} bears the same name as {whom} “{other}” in this case;"
                                 " nothing else tells whether it is the same person. Please verify."),
    "matching.R12.alike": N_("“{unit}” on the expert's side resembles {whom} “{other}” in this case. "
                             "Please verify whether they are the same or linked."),
    "matching.R13.missing": N_("The expert {name} has not signed the declaration of interests for "
                               "{number}. It is needed before the notice is issued."),
    "matching.R14.outside": N_("The cause “{cause}” is outside the kinds of cases for which technical "
                               "investigators are named in law. Please confirm the need."),
    "matching.R14.also": N_("The cause “{cause}” is not named in law but commonly counts as highly "
                            "technical."),
    "matching.E-ROLE.not_held": N_("{name} has not been appointed as {role}."),
    "matching.E-ROLE.not_active": N_("The appointment of {name} as {role} is not active: {role_state}."),
    "matching.E-TERM.expired": N_("The term of {name} as {role} ended on {date}."),
    "matching.E-TERM.not_begun": N_("The term of {name} as {role} begins on {start}."),
    "matching.E-TERM.ending": N_("The term of {name} as {role} ends soon, on {date}."),
    "matching.E-STATE.not_active": N_("{name} is not available in the register: {state}."),
    "matching.E-AWAY.absent": N_("{name} is absent from {start} to {end}: {reason}."),
    "matching.E-LOAD.full": N_("{name} has {count} open cases; the limit is {cap}."),
    "matching.E-LOAD.nearly": N_("{name} has {count} open cases, one below the limit of {cap}."),
    "matching.E-AGE.above": N_("{name} is {age} years old; the limit is {years}."),
    "matching.E-LICENCE.expired": N_("The licence {number} of {name} expired on {date}."),
    "matching.E-LICENCE.ending": N_("The licence {number} of {name} expires soon, on {date}."),
    "matching.E-EDUCATION.below": N_("The education of {name} ({education}) is below the requirement "
                                     "({at_least})."),
    "rules.unknown": N_("There is no rule {rule} in the rule book. Nothing was changed. Please check the "
                        "rule's number."),
    "rules.fixed": N_("Rule {rule} ({title}) follows from law ({source}) and cannot be changed. Nothing "
                      "was changed."),
    "rules.value": N_("Rule {rule} does not know {value}. Nothing was changed. Please choose a level or "
                      "parameter that the rule has."),
}
