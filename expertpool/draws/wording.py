"""Sentences of draws by lot and their certificates."""

from expertpool.foundation.language import N_

TEXTS = {
    "draw.nobody": N_("Nobody can be drawn: the conditions and the rules leave no candidate. Nothing was frozen. "
                      "Widen the field, or look at the rules that keep most people out."),
    "draw.too_few": N_("Only {eligible} can be drawn, {mains} are needed. The draw would not fill all places."),
    "draw.small": N_("Only {eligible} can be drawn for {needed} places. With fewer than {least} ({factor} times the "
                     "need) an outsider could guess the result. Widen the conditions if the case allows."),
    "draw.few_reserves": N_("{reserves} reserves are drawn; usual are {least} at least, who step up in order."),
    "draw.needs": N_("A draw needs {what}. Nothing was written."),
    "draw.value": N_("“{value}” is no value of a draw. Nothing was written."),
    "draw.same_person": N_("{name} cannot draw and be the witness. Nothing was frozen. Name two people."),
    "draw.commitment": N_("The operator's sealed half is missing or is no SHA-256. Nothing was frozen. Seal a half "
                          "first; with a public value there is none."),
    "draw.running": N_("Another draw for {number} in this role is frozen and not drawn. Nothing was written. Finish "
                       "it or declare it void."),
    "draw.ground": N_("This would be draw {count} for {number} in this role and needs a ground. Nothing was frozen. "
                      "Earlier draws stay in the record."),
    "draw.not_frozen": N_("The draw for {number} is drawn or void already. Nothing was changed."),
    "draw.not_drawn": N_("The draw for {number} has no valid result. Nothing was changed."),
    "draw.changed": N_("The frozen record of the draw for {number} no longer fits its fingerprint. Nothing was "
                       "drawn. Declare it void and have the pool's journal checked."),
    "draw.half": N_("Each half needs at least {least} signs. Nothing was drawn."),
    "draw.broken_seal": N_("Half and salt are not those that were sealed before the witness spoke. Nothing was "
                           "drawn. Enter them as they were sealed; if they are lost, declare the draw void."),
    "draw.void_ground": N_("A draw is declared void on a ground only. Nothing was changed. Write the ground."),
    "draw.void": N_("The draw for {number} is void already. Nothing was changed."),
    "draw.accepted": N_("Somebody drawn for {number} has accepted, so the draw stands. Nothing was changed. End the "
                        "appointment instead; the next reserve steps up."),
    "draw.not_blind": N_("The draw for {number} is not blind; its names are open. Nothing was changed."),
    "draw.opened": N_("The names of the draw for {number} are open already. Nothing was changed."),
    "draw.officers": N_("The names for {number} are opened by two officers with a reason, or by one from the hour "
                        "that was set ({hour}). Nothing was changed."),
    "draw.masked": N_("The names of the draw for {number} are not open yet, so nobody can be asked. Nothing was "
                      "written. Open the names first."),
    "draw.label": N_("{label} was not drawn for {number}. Nothing was written."),
    "draw.not_called": N_("{label} is a reserve for {number} who was not called yet. Nothing was written. Reserves "
                          "step up in order when somebody leaves."),
    "draw.answered": N_("{label} has answered already for {number}. Nothing was written. A slip is undone, as long "
                        "as no later answer rests on it."),
    "draw.not_accepted": N_("{label} was not appointed from the draw for {number}. Nothing was written."),
    "draw.still_serving": N_("{label} still serves or has completed the work. Nothing was written. End the "
                             "appointment first, then the next reserve is called."),
    "draw.unreadable": N_("“{file}” cannot be read. Nothing was verified. Check the path."),
    "draw.unwritable": N_("“{file}” could not be written. Nothing was saved. Close it elsewhere or choose another "
                          "place."),
    "draw.refusal": N_("Why somebody declines or leaves is part of the record. Nothing was written. Write "
                       "the reason."),
}
