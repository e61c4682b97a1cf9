"""The parts that pages are made of: tables, forms, chips, cards, bars. They know neither records nor the pool."""
