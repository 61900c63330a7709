"""The engine of BSR: pictures in, larger pictures out.  No Qt, no torch.

    from engine import default_catalog, read_picture, write_picture
    from engine.upscale import upscale

    catalog = default_catalog()
    picture = upscale(catalog.load(catalog.choose(4)), read_picture(path))

The public names are loaded on first use, so that `import engine` costs nothing: the command
line's help and the window's first frame must not wait for NumPy, Numba or OpenCV.  (`upscale` is
not among them, for it would share its name with its module.)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.catalog import Catalog as Catalog
    from engine.catalog import default_catalog as default_catalog
    from engine.errors import BsrError as BsrError
    from engine.errors import Cancelled as Cancelled
    from engine.errors import ImageFileError as ImageFileError
    from engine.errors import ModelFileError as ModelFileError
    from engine.errors import NotEnoughMemory as NotEnoughMemory
    from engine.images import probe as probe
    from engine.images import read_picture as read_picture
    from engine.images import write_picture as write_picture
    from engine.jobs import Job as Job
    from engine.jobs import JobResult as JobResult
    from engine.jobs import SaveOptions as SaveOptions
    from engine.jobs import Status as Status
    from engine.jobs import run_job as run_job
    from engine.memory import check_memory as check_memory
    from engine.metrics import psnr_y as psnr_y
    from engine.metrics import ssim_y as ssim_y
    from engine.model import Model as Model
    from engine.model import load_model as load_model
    from engine.types import CancelToken as CancelToken
    from engine.types import Picture as Picture
    from engine.types import Progress as Progress
    from engine.weights import ModelCard as ModelCard
    from engine.weights import load_weights as load_weights
    from engine.weights import read_card as read_card
    from engine.weights import save_weights as save_weights

_HOMES = {
    "BsrError": "errors",
    "CancelToken": "types",
    "Cancelled": "errors",
    "Catalog": "catalog",
    "ImageFileError": "errors",
    "Job": "jobs",
    "JobResult": "jobs",
    "Model": "model",
    "ModelCard": "weights",
    "ModelFileError": "errors",
    "NotEnoughMemory": "errors",
    "Picture": "types",
    "Progress": "types",
    "SaveOptions": "jobs",
    "Status": "jobs",
    "check_memory": "memory",
    "default_catalog": "catalog",
    "load_model": "model",
    "load_weights": "weights",
    "probe": "images",
    "psnr_y": "metrics",
    "read_card": "weights",
    "read_picture": "images",
    "run_job": "jobs",
    "save_weights": "weights",
    "ssim_y": "metrics",
    "write_picture": "images",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    return getattr(import_module(f"engine.{_HOMES[name]}"), name)
