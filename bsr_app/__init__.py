"""BSR enlarges pictures on the processor alone.

The names here are the library, see docs/library.md; `bsr.engine` offers more of it.  The other
modules are the window and the command line.  Nothing heavy is loaded before a name is used.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bsr.engine import default_catalog as default_catalog
    from bsr.engine import load_model as load_model
    from bsr.engine import read_picture as read_picture
    from bsr.engine import upscale as upscale
    from bsr.engine import write_picture as write_picture

__version__ = "0.2.0"
__all__ = ["default_catalog", "load_model", "read_picture", "upscale", "write_picture"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'bsr' has no attribute {name!r}")
    from bsr import engine

    return getattr(engine, name)
