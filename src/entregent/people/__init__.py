"""Who is here: persons, their accounts and the keys by which a phone without account is known again."""
