"""Needs and offers: what somebody looks for or can give, and to whom they say so."""
