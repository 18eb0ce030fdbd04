"""Cards: those that one keeps, each for an occasion; with whom they were crossed, and so what is shown to whom."""
