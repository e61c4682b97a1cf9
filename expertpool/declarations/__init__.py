"""Declarations of interests (利益冲突声明): questions, forms out and in again, recording, whose is due."""
