"""The directory: organisations of the sector as public sources list them, the same for everybody.

The operator states them. It knows nothing of who works where, and `market` knows nothing of it: names on one floor do
not know each other.
"""
