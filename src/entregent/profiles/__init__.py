"""What somebody says of themselves: the name, the headline."""
