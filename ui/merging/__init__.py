"""The merge desk (合并台): people who may be one, and rows of imports that wait for an answer."""
