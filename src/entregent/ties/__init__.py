"""Ties between people: evidence, strength, ways from one to another, whom to meet."""
