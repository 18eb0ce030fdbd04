"""How tables are asked: in conditions written as SQL, and fast. Knows no table, and nothing of who may see what."""
