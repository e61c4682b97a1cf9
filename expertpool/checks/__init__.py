"""May this person serve (审查): facts, recusal, eligibility, screening everybody, checking again, alerts."""
