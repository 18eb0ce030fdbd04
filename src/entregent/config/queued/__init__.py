"""SQLite for many threads of one process: who wants to write stands in line."""
