"""What somebody says of themselves: the name, the headline, and words of a few kinds."""
