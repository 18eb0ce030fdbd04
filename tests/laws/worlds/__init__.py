"""The law of two worlds: histories, the record of a viewer, and everything that this viewer can obtain."""
