"""How right the answers are: our own engines on files, beside what others would answer, in one run. Pure."""
