"""Communities: people of one trade in one place, who lets them in and how."""
