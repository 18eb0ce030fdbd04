"""The door of pages."""
