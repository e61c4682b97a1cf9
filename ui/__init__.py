"""The window (窗口): Qt Widgets over the core. Same rooms as downstairs; no SQL, no spreadsheet library."""
