"""Units (单位): how their names are written and compared, the alias book, how units are connected."""
