"""The main window: what surrounds the pages."""
