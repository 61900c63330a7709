"""The engine of BSR: pictures in, larger pictures out.  No Qt, no torch.

The public names are loaded on first use, so that `import engine` costs nothing: the command
line's help and the window's first frame must not wait for NumPy, Numba or OpenCV.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.errors import BsrError as BsrError
    from engine.errors import Cancelled as Cancelled
    from engine.errors import ImageFileError as ImageFileError
    from engine.errors import ModelFileError as ModelFileError
    from engine.errors import NotEnoughMemory as NotEnoughMemory
    from engine.types import CancelToken as CancelToken
    from engine.types import Picture as Picture
    from engine.types import Progress as Progress

_HOMES = {
    "BsrError": "errors",
    "CancelToken": "types",
    "Cancelled": "errors",
    "ImageFileError": "errors",
    "ModelFileError": "errors",
    "NotEnoughMemory": "errors",
    "Picture": "types",
    "Progress": "types",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    return getattr(import_module(f"engine.{_HOMES[name]}"), name)
