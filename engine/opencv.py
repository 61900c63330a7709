"""OpenCV, imported without a trace in the environment.

Its loader puts a folder and an empty entry before LD_LIBRARY_PATH.  That serves nothing here, but
children inherit it, and to them the empty entry is their working directory.
"""

import os

_VARIABLE = "LD_LIBRARY_PATH"
_before = os.environ.get(_VARIABLE)

import cv2 as cv2  # noqa: E402

if _before is not None:
    os.environ[_VARIABLE] = _before
else:
    os.environ.pop(_VARIABLE, None)
