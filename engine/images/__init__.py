"""Picture files: read, write, look at the header, make thumbnails.

The names are loaded on first use, so that a list of formats costs neither NumPy nor Pillow.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .decode import PictureInfo as PictureInfo
    from .decode import probe as probe
    from .decode import read_picture as read_picture
    from .decode import thumbnail as thumbnail
    from .encode import side_data as side_data
    from .encode import write_picture as write_picture
    from .formats import DEFAULT_QUALITY as DEFAULT_QUALITY
    from .formats import FALLBACK_FORMAT as FALLBACK_FORMAT
    from .formats import FORMATS as FORMATS
    from .formats import READABLE_SUFFIXES as READABLE_SUFFIXES
    from .formats import Format as Format
    from .formats import check_output as check_output
    from .formats import encoder_bytes as encoder_bytes
    from .formats import format_of as format_of
    from .formats import known_format as known_format
    from .formats import result_suffix as result_suffix

_HOMES = {
    "DEFAULT_QUALITY": "formats",
    "FALLBACK_FORMAT": "formats",
    "FORMATS": "formats",
    "Format": "formats",
    "PictureInfo": "decode",
    "READABLE_SUFFIXES": "formats",
    "check_output": "formats",
    "encoder_bytes": "formats",
    "format_of": "formats",
    "known_format": "formats",
    "probe": "decode",
    "read_picture": "decode",
    "result_suffix": "formats",
    "side_data": "encode",
    "thumbnail": "decode",
    "write_picture": "encode",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bsr.engine.images' has no attribute {name!r}")
    return getattr(import_module(f"bsr.engine.images.{_HOMES[name]}"), name)
