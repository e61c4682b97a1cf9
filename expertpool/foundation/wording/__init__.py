"""The sentences of each room, English, keyed by problem code; Chinese stands in the catalogue."""
