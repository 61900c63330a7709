"""Picture files: read, write, look at the header, make thumbnails.

The names are loaded on first use, so that a list of formats costs neither NumPy nor Pillow.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bsr.engine.images.decode import PictureInfo as PictureInfo
    from bsr.engine.images.decode import probe as probe
    from bsr.engine.images.decode import read_picture as read_picture
    from bsr.engine.images.decode import thumbnail as thumbnail
    from bsr.engine.images.encode import fitting_xmp as fitting_xmp
    from bsr.engine.images.encode import write_picture as write_picture
    from bsr.engine.images.formats import FALLBACK_FORMAT as FALLBACK_FORMAT
    from bsr.engine.images.formats import FORMATS as FORMATS
    from bsr.engine.images.formats import READABLE_SUFFIXES as READABLE_SUFFIXES
    from bsr.engine.images.formats import Format as Format
    from bsr.engine.images.formats import check_output as check_output
    from bsr.engine.images.formats import encoder_bytes as encoder_bytes
    from bsr.engine.images.formats import format_of as format_of
    from bsr.engine.images.formats import known_format as known_format
    from bsr.engine.images.formats import result_suffix as result_suffix

_HOMES = {
    "FALLBACK_FORMAT": "formats",
    "FORMATS": "formats",
    "Format": "formats",
    "PictureInfo": "decode",
    "READABLE_SUFFIXES": "formats",
    "check_output": "formats",
    "encoder_bytes": "formats",
    "fitting_xmp": "encode",
    "format_of": "formats",
    "known_format": "formats",
    "probe": "decode",
    "read_picture": "decode",
    "result_suffix": "formats",
    "thumbnail": "decode",
    "write_picture": "encode",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bsr.engine.images' has no attribute {name!r}")
    return getattr(import_module(f"bsr.engine.images.{_HOMES[name]}"), name)
