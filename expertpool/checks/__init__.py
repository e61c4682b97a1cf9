"""May this person serve (审查): facts, recusal, eligibility, screening of everybody, checking again, alerts."""
