"""One picture from file to file."""
