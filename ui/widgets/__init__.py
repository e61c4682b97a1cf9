"""The parts every page is made of: tables, forms, chips, cards, bars. They know no record and no pool."""
