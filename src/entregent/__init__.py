"""Entregent: professional networking for the people of one trade in one place."""

__version__ = "0.1.0"
