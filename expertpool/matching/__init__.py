"""From a case to the people who may serve: checks (回避、资格) → relevance → ranking → appointment."""
