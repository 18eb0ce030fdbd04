"""Cards: those that one keeps, each for an occasion, and what is handed over with them."""
