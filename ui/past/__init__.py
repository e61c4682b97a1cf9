"""Time travel (回到某一天): a second window on the pool as it was; everything can be read, nothing changed."""
