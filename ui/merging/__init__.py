"""The page 合并: people who may be the same, and rows of imports that wait for an answer."""
