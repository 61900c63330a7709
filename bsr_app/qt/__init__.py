"""What the window stands on: the job runner, the settings, the theme.  No views here."""
