"""Sentences of the checks (回避与资格审查): what was found, naming both facts; and of the rule book."""

from expertpool.foundation.language import N_

TEXTS = {
    "matching.R1.same_id": N_("The expert {name} is {whom} “{other}” in this case: the identity numbers are the "
                              "same."),
    "matching.R1.same_unit": N_("The expert {name} is {whom} “{other}” in this case: the name is the same, and "
                                "both belong to “{unit}”."),
    "matching.R2.same_unit": N_("{name} works for “{unit}”{unit_also}{period}, which is {whom} "
                                "“{other}”{other_also} in this case."),
    "matching.R2.branch": N_("{name} works for “{unit}”{unit_also}{period}; {links}; “{other}”{other_also} is "
                             "{whom} in this case, and both count as one unit."),
    "matching.R2.office": N_("{name} holds an office at “{unit}”{unit_also}{period}, which is {whom} "
                             "“{other}”{other_also} in this case."),
    "matching.R2.group": N_("{name} works for “{unit}”{unit_also}{period}; {links}; “{other}”{other_also} is "
                            "{whom} in this case."),
    "matching.R3.left_recently": N_("{name} worked for “{unit}”{unit_also}{period}, left less than {years} years "
                                    "ago; it is {whom} “{other}”{other_also} in this case. {links}"),
    "matching.R3.left_unknown": N_("{name} once worked for “{unit}”{unit_also}{period}, which is {whom} "
                                   "“{other}”{other_also} in this case; when this ended is not recorded. {links}"),
    "matching.R3.office_ended": N_("{name} held an office at “{unit}”{unit_also}{period}, which ended less than "
                                   "{years} years ago; it is {whom} “{other}”{other_also} in this case. {links}"),
    "matching.R3.group": N_("{name} worked for “{unit}”{unit_also}{period}; {links}; “{other}”{other_also} is "
                            "{whom} in this case."),
    "matching.R4.unit": N_("“{unit}”{unit_also}, which the expert declared as a unit to avoid{declared}, is "
                           "{whom} “{other}”{other_also} in this case. {links}"),
    "matching.R4.person": N_("“{name}”, whom the expert declared as a person to avoid{declared}, is {whom} "
                             "“{other}” in this case."),
    "matching.R4.group": N_("The expert declared “{unit}”{unit_also} as a unit to avoid{declared}; {links}; "
                            "“{other}”{other_also} is {whom} in this case."),
    "matching.R5.relative": N_("“{name}”, declared as the expert's near relative ({relation}){declared}, is "
                               "{whom} “{other}” in this case."),
    "matching.R5.inventor": N_("“{name}”, declared as the expert's near relative ({relation}){declared}, bears "
                               "the name of {whom} “{other}”."),
    "matching.R5.other_relation": N_("“{name}”, with whom the expert declared a relation ({relation}){declared}, "
                                     "is {whom} “{other}” in this case."),
    "matching.R5.unit": N_("The expert's near relative “{name}” ({relation}){declared} works for "
                           "“{unit}”{unit_also}, which is {whom} “{other}”{other_also} in this case. {links}"),
    "matching.R6.firm": N_("{name} works for the firm “{unit}”{unit_also}{period}, which is {whom} "
                           "“{other}”{other_also} in this case."),
    "matching.R6.branch": N_("{name} works for “{unit}”{unit_also}{period}; {links}; “{other}”{other_also} is "
                             "{whom} in this case, and both count as one firm."),
    "matching.R6.group": N_("{name} works for “{unit}”{unit_also}{period}; {links}; “{other}”{other_also} is "
                            "{whom} in this case."),
    "matching.R6.former_firm": N_("{name} worked for the firm “{unit}”{unit_also}{period}, left less than {years} "
                                  "years ago; it is {whom} “{other}”{other_also} in this case. {links}"),
    "matching.R6.mandate": N_("The expert or the expert's firm had a mandate from "
                              "“{unit}”{unit_also}{period}{declared}, not finished or finished less than {years} "
                              "years ago; it is {whom} “{other}”{other_also} in this case. {links}"),
    "matching.R6.former_unknown": N_("{name} once worked for the firm “{unit}”{unit_also}{period}, which is "
                                     "{whom} “{other}”{other_also} in this case; when this ended is not recorded. "
                                     "{links}"),
    "matching.R6.against": N_("The expert or the expert's firm acted against "
                              "“{unit}”{unit_also}{period}{declared}, in a matter not finished or finished less "
                              "than {years} years ago; it is {whom} “{other}”{other_also} in this case. {links}"),
    "matching.R6.mandate_group": N_("The expert or the expert's firm had a mandate from "
                                    "“{unit}”{unit_also}{period}{declared}, not finished or finished less than "
                                    "{years} years ago; {links}; “{other}”{other_also} is {whom} in this case."),
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
    "matching.R7.recused": N_("The expert was {role} in {number} and had to step aside by decision."),
    "matching.R7.appraiser_after": N_("The expert served as {role} in {number} and cannot be {wanted} in "
                                      "the same case."),
    "matching.R7.appraiser_again": N_("The expert was {role} in {number}. A new appraisal of the same matter "
                                      "needs another appraiser."),
    "matching.R7.other_role": N_("The expert was {role} in {number} of this dispute and cannot be "
                                 "{wanted} here."),
    "matching.R7.role_changed": N_("The expert was {role} in {number} of this dispute and would now be "
                                   "{wanted}."),
    "matching.R8.declared": N_("The expert declared to have examined, invalidated or handled the patent in suit "
                               "{patent}{declared}."),
    "matching.R8.named": N_("The expert {name}, who works or worked for the patent office, is named as {whom} "
                            "({patent})."),
    "matching.R8.same_name": N_("The expert {name} bears the name of {whom} ({patent}). Please verify "
                                "whether it is the same person."),
    "matching.R8.own_patent": N_("The expert declared the patent in suit {patent} as an own one, as inventor or "
                                 "owner{declared}."),
    "matching.R9.unlisted": N_("Shares of the {holder} in “{unit}”{unit_also} were declared{declared}, an "
                               "unlisted company that is {whom} “{other}”{other_also} in this case. {links}"),
    "matching.R9.listed": N_("Shares of the {holder} in “{unit}”{unit_also} were declared{declared}, a listed "
                             "company that is {whom} “{other}”{other_also} in this case. {links}"),
    "matching.R9.group": N_("Shares of the {holder} in “{unit}”{unit_also} were declared{declared}; {links}; "
                            "“{other}”{other_also} is {whom} in this case."),
    "matching.R9.patentee": N_("Shares of the {holder} in “{unit}”{unit_also} were declared{declared}; it is no "
                               "party but {whom} “{other}”{other_also}. {links}"),
    "matching.R10.related": N_("The expert served as {role} in {number}, linked with this case ({link})."),
    "matching.R11.same_name": N_("The expert {name} ({mine}) bears the same name as {whom} “{other}” ({theirs}) "
                                 "in this case; nothing else tells whether it is the same person. Please verify."),
    "matching.R12.alike": N_("“{unit}”{unit_also} on the expert's side resembles {whom} “{other}”{other_also} in "
                             "this case ({why}). Please verify whether they are the same or linked."),
    "matching.R13.missing": N_("The expert {name} has not signed the declaration of interests for "
                               "{number}. It is needed before the notice is issued."),
    "matching.R14.outside": N_("The cause “{cause}” is outside the kinds of cases for which technical "
                               "investigators are named in law. Please confirm the need."),
    "matching.R14.also": N_("The cause “{cause}” is not named in law but commonly counts as highly "
                            "technical."),
    "matching.R15.few": N_("{count} appraiser is wanted for {number}; an appraisal of one matter needs at least "
                           "{least}."),
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
    "matching.E-BODIES.two": N_("{name} holds licences of several appraisal bodies ({bodies}); an appraiser may "
                                "practise with one body only."),
    "matching.E-ASSESSMENT.failed": N_("The yearly assessment of {name} for {year} was not passed: {grade}."),
    "matching.E-ASSESSMENT.poor": N_("The yearly assessment of {name} for {year} was only just passed: {grade}."),
    "matching.E-CONSENT.unit": N_("{name} nominated himself or herself; the consent of the unit is not recorded."),
    "matching.E-CONSENT.own": N_("{name} was nominated by others; the consent of the person is not recorded."),
    "dismiss.reason": N_("Nothing was dismissed: the reason is missing. Please write what was verified and with "
                         "whom; it is kept with the finding."),
    "dismiss.gone": N_("Nothing was dismissed: this finding is no longer there, the facts have changed meanwhile. "
                       "Please check again."),
    "dismiss.never": N_("Nothing was dismissed: rule {rule} rests on a fact, not on a likeness: {reason} Where the "
                        "fact is wrong, correct it in the record."),
    "alert.settled": N_("This alert is closed already. Nothing was changed."),
    "alert.reason": N_("Nothing was written: the reason is missing. Please write why the person goes on."),
    "alert.hard": N_("{name} cannot go on in {number}: {reason} Nothing was written. Please replace the person or "
                     "correct the fact."),
}
