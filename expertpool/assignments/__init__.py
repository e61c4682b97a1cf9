"""Who serves in which case (指派): states, their history, load."""
