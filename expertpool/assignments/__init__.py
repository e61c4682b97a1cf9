"""Who serves in which case (指派): states, history, number of open cases."""
