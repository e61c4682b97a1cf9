"""What a court may want to change (规则): rule book, vocabularies, operations; the data are in resources/rules."""
