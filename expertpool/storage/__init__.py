"""One database, SQLite or PostgreSQL: engine, reading, the one writing transaction, journal with undo, migrations,
search texts."""
