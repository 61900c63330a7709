"""What the window lets run beside it.  No Qt here, and nothing of the views."""
