"""Models, icons, samples and licences."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
"""Where they lie.  (importlib.resources would cost the window's first frame some milliseconds.)"""
