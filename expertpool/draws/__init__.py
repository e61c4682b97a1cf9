"""Draws by lot (随机抽取): frozen conditions, a seed from two hands, answers and reserves, certificate."""
