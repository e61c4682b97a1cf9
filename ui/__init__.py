"""The window (窗口): Qt Widgets over the core, with the same rooms as the core; no SQL, no spreadsheet library."""
