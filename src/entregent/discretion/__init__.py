"""Who may see which fact: circles, shields, and one policy in one file."""
