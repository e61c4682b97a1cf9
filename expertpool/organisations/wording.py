"""Sentences about unit names, the alias book and what it changes."""

from expertpool.foundation.language import N_

TEXTS = {
    "organisations.why.spelling": N_("One name in another spelling: spaces, brackets, width, traditional characters, "
                                     "省 and 市."),
    "organisations.why.form": N_("有限公司 and 有限责任公司 are one legal form; nothing else differs."),
    "organisations.why.known": N_("A short or former name that stands for this unit alone."),
    "organisations.why.former": N_("One name is noted in brackets as the former or later name of the other."),
    "organisations.why.converted": N_("The same unit before and after its conversion into a company."),
    "organisations.why.branch": N_("One is a branch of the other, as its name says."),
    "organisations.why.department": N_("One is a department of the other, as its name says."),
    "organisations.why.departments": N_("Both are departments or branches of one unit, as their names say."),
    "organisations.why.affiliated": N_("One is a unit of its own under the other, as its name says."),
    "organisations.why.siblings": N_("Both are units under one other unit, as their names say."),
    "organisations.why.group": N_("The name of one is a group, the name of the other begins like it."),
    "organisations.why.family": N_("Both bear the sign of the same group of enterprises."),
    "organisations.why.ambiguous": N_("A short form that may stand for several units."),
    "organisations.why.place": N_("The names agree but for the place: it is missing, stands elsewhere or differs."),
    "organisations.why.renamed": N_("The names agree at the beginning; one may be a later name or another line of "
                                    "business."),
    "organisations.why.named_after": N_("The name of one company begins with the name of the other unit."),
    "organisations.why.short": N_("One reads like a short form of the other."),
    "organisations.why.look_alike": N_("The names differ in characters that look alike; one may be misspelt."),
    "organisations.why.different": N_("The names show no connection."),
    "organisations.why.answered": N_("Somebody has answered this question."),
    "organisations.why.alias": N_("The alias book leads from one name to the other."),
    "organisations.why.link": N_("The alias book holds a link between the two units."),
    "organisations.missing": N_("There is no unit named “{name}” in the pool. Nothing was changed. Please check the "
                                "name."),
    "organisations.name": N_("A name is missing. Nothing was changed. Please write both names."),
    "organisations.itself": N_("“{name}” is the unit's own name. Nothing was changed. Choose another name or another "
                               "unit."),
    "organisations.alias_taken": N_("“{alias}” already stands for “{name}”. Nothing was changed. Remove it there "
                                    "first, or merge the two units."),
    "organisations.alias_known": N_("“{alias}” is already another name of “{name}”. Nothing was changed."),
    "organisations.linked_already": N_("“{upper}” and “{lower}” are linked in this way already. Nothing was "
                                       "changed."),
    "organisations.code": N_("The credit code “{value}” is wrong ({reason}). Nothing was changed. Please compare it "
                             "with the business licence."),
    "organisations.code_taken": N_("The credit code {value} belongs to “{name}” already. Nothing was changed. If "
                                   "both are one unit, merge them."),
    "organisations.codes_differ": N_("“{name}” and “{other}” have different credit codes and cannot be one unit. "
                                     "Nothing was changed. Correct the code that is wrong first."),
    "organisations.answer": N_("“{answer}” is no answer. Nothing was saved. Answer with same, group or different."),
    "organisations.kind": N_("“{kind}” is not a kind known here. Nothing was changed. Known kinds: {kinds}."),
    "organisations.date": N_("“{value}” is no date, or ends before it begins. Nothing was changed. Please write "
                             "2024, 2024-05 or 2024-05-12."),
    "organisations.code_length": N_("it must have 18 characters"),
    "organisations.code_characters": N_("it holds characters that no credit code has"),
    "organisations.code_check": N_("the check character does not fit"),
}
