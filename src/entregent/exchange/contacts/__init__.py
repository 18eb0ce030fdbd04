"""Address books as people have them elsewhere, read from bytes: pure, within bounds, every line taken or accounted for.

`reading.read` is the way in. Nothing here knows a table, a page or a network.
"""
