"""总览: four figures, what is due, recent operations, coverage by field."""
