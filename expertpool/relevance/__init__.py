"""How near people are to a case (相关度): texts, votes on fields, scores, similar cases."""
