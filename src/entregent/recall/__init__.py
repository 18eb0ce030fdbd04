"""A need in plain words -> people, reasons, ways."""
