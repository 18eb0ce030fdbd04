"""Everything in, everything out, erased, and checked: history, the demonstration, `doctor`."""
