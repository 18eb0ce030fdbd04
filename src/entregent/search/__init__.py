"""What can be searched: one stemmed line per fact, and the order of the lines that a viewer may see."""
