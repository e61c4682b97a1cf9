"""Schemas of the files in resources/rules (规则文件的格式), by subject; reading one checks it."""
