"""The languages of the window."""

LANGUAGES = {"en": "English", "de": "Deutsch", "zh_CN": "简体中文"}
"""What a language is called in file names -> what its speakers call it."""
