"""The door of e-mail: renders a due notice for its recipient, at sending."""
