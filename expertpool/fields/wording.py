"""Sentences of the technical fields."""

from expertpool.foundation.language import N_

TEXTS = {
    "field.unknown": N_("“{given}” is not a technical field or IPC symbol. Nothing was stored for it. "
                        "Choose a field from the list, or check the symbol."),
}
