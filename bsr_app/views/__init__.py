"""The window's widgets, one to a file; collaborators come as arguments, signals go up."""
