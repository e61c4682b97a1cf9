"""The docket: list, card of one case, form."""
