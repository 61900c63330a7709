"""The engine of BSR: pictures in, larger pictures out.  No Qt, no torch.

The names here are public.  They are loaded on first use, so that `import bsr.engine` costs nothing:
the command line's help and the window's first frame must not wait for NumPy, Numba or OpenCV.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import BsrError as BsrError
    from .errors import Cancelled as Cancelled
    from .errors import ImageFileError as ImageFileError
    from .errors import ModelFileError as ModelFileError
    from .errors import NotEnoughMemory as NotEnoughMemory
    from .images import probe as probe
    from .images import read_picture as read_picture
    from .images import write_picture as write_picture
    from .jobs.job import Job as Job
    from .jobs.job import JobResult as JobResult
    from .jobs.job import JobStatus as JobStatus
    from .jobs.job import SaveOptions as SaveOptions
    from .jobs.run import run_job as run_job
    from .models.card import ModelCard as ModelCard
    from .models.card import ModelDescription as ModelDescription
    from .models.catalog import Catalog as Catalog
    from .models.catalog import default_catalog as default_catalog
    from .models.model import Model as Model
    from .models.model import load_model as load_model
    from .models.weights_file import load_weights as load_weights
    from .models.weights_file import read_card as read_card
    from .models.weights_file import read_cards as read_cards
    from .models.weights_file import save_weights as save_weights
    from .picture import Picture as Picture
    from .progress import CancelToken as CancelToken
    from .progress import Progress as Progress
    from .quality.metrics import psnr_y as psnr_y
    from .quality.metrics import ssim_y as ssim_y
    from .upscaling.memory import Workload as Workload
    from .upscaling.memory import check_memory as check_memory
    from .upscaling.upscale import upscale as upscale

_HOMES = {
    "BsrError": "errors",
    "CancelToken": "progress",
    "Cancelled": "errors",
    "Catalog": "models.catalog",
    "ImageFileError": "errors",
    "Job": "jobs.job",
    "JobResult": "jobs.job",
    "JobStatus": "jobs.job",
    "Model": "models.model",
    "ModelCard": "models.card",
    "ModelDescription": "models.card",
    "ModelFileError": "errors",
    "NotEnoughMemory": "errors",
    "Picture": "picture",
    "Progress": "progress",
    "SaveOptions": "jobs.job",
    "Workload": "upscaling.memory",
    "check_memory": "upscaling.memory",
    "default_catalog": "models.catalog",
    "load_model": "models.model",
    "load_weights": "models.weights_file",
    "probe": "images",
    "psnr_y": "quality.metrics",
    "read_card": "models.weights_file",
    "read_cards": "models.weights_file",
    "read_picture": "images",
    "run_job": "jobs.run",
    "save_weights": "models.weights_file",
    "ssim_y": "quality.metrics",
    "upscale": "upscaling.upscale",
    "write_picture": "images",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bsr.engine' has no attribute {name!r}")
    return getattr(import_module(f"bsr.engine.{_HOMES[name]}"), name)
