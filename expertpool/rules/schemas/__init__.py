"""Schemas of the files in resources/rules (规则文件的格式), by subject; a file is checked when it is read."""
