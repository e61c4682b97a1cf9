"""From a case to people: who may serve and why, who must be verified, who may not; appointing."""
