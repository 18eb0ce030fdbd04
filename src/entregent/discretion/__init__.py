"""Who may see which fact: shields, and one policy in one file."""
