"""The alias book of units (单位别名库): list, card, pairs that look like one unit, effects before saving."""
