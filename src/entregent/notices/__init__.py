"""What somebody is to be told, and when; no text in it: doors render it for the recipient at sending."""
