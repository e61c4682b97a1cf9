"""How near people are to a case (相关度): texts, votes of fields, scores, similar cases."""
