"""The address book: contacts, where and when they were met, notes. It feeds nobody else."""
