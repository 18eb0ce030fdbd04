"""How tables are asked fast. Knows no table, and nothing of who may see what."""
