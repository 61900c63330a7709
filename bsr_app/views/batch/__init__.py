"""The page where many files are enlarged, and its parts."""
