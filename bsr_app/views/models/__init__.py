"""The page of the installed models, and its parts."""
