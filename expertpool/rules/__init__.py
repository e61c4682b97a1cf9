"""What a court may see changed (规则): rule book, vocabularies, operations; the data lie in resources/rules."""
