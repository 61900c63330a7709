"""The page where one picture is enlarged, and its parts."""
