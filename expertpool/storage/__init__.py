"""One database, SQLite or PostgreSQL: engine, the one write door, journal with undo, migrations, search documents."""
