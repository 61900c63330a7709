"""What is asked of a batch: everything that decides which files are made and what is in them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, get_args

from ..disk import absolute
from ..errors import BsrError
from ..jobs.job import IfExists, SaveOptions
from ..jobs.model_choice import WHOLE
from ..jobs.output_names import DEFAULT_TEMPLATE
from ..models import FAMILIES
from ..upscaling.goal import LARGEST_SCALE, SMALLEST_SCALE, Goal


@dataclass(frozen=True)
class BatchRequest:
    """What was asked for; everything that decides which files are made and what is in them.

    Attributes:
        inputs: files and folders.
        output: folder of the results; subfolders are kept.
        recursive: whether subfolders are read.
        include: patterns of which a file must match one, see `bsr.engine.batch.scan.Rules`.
        exclude: patterns of which a file or folder may match none.
        without: files that were found and are not wanted.
        template: name of a result, see `bsr.engine.jobs.output_names.output_name`.
        model: the model's id, or None for the one that suits the scale and each picture.
        weights: "binary" or "float".
        scale: 1..8, or None for the model's own or where there is a goal.
        save: how results are written; the format None is that of the original.
        family, clean_up: see `bsr.engine.jobs.model_choice.choose_models`.
        goal: the size of the results, instead of a scale; or None.
    """

    inputs: tuple[Path, ...]
    output: Path
    recursive: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    without: tuple[Path, ...] = ()
    template: str = DEFAULT_TEMPLATE
    model: str | None = None
    weights: str = "binary"
    scale: float | None = None
    save: SaveOptions = field(default_factory=lambda: SaveOptions(if_exists="skip"))
    family: str | None = None
    clean_up: int = WHOLE
    goal: Goal | None = None

    @property
    def root(self) -> Path:
        """The output folder as an absolute path."""
        return absolute(self.output)

    def to_dict(self) -> dict[str, Any]:
        """Return the request as JSON knows it."""
        inputs = [str(absolute(path)) for path in self.inputs]
        without = [str(path) for path in self.without]
        return {**asdict(self), "inputs": inputs, "without": without, "output": str(self.root)}

    @staticmethod
    def from_dict(values: dict[str, Any]) -> BatchRequest:
        """Build a request from what `to_dict` gave and a journal kept.

        Raises:
            BsrError: a value is missing or of the wrong kind.
        """
        try:
            save = {**values["save"], "background": tuple(values["save"]["background"])}
            lists = {name: tuple(values[name]) for name in ("include", "exclude")}
            files = {
                name: tuple(Path(path) for path in values[name]) for name in ("inputs", "without")
            }
            goal = None if values.get("goal") is None else Goal(**values["goal"])
            changed = {**lists, **files, "output": Path(values["output"]), "goal": goal}
            request = BatchRequest(**{**values, **changed, "save": SaveOptions(**save)})
            _check(request)
            return request
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise BsrError("The journal does not say what was requested.") from error


def _check(request: BatchRequest) -> None:
    """Refuse what `to_dict` never writes: a journal may hold anything.

    Raises:
        ValueError: a value is of another type, or impossible.
    """
    from ..images import FORMATS

    save = request.save
    texts = (request.template, request.weights, *request.include, *request.exclude)
    sound = (
        all(isinstance(text, str) for text in texts)
        and isinstance(request.model, str | None)
        and save.format in (None, *FORMATS)
        and save.if_exists in get_args(IfExists)
        and (request.scale is None or SMALLEST_SCALE <= request.scale <= LARGEST_SCALE)
        and request.family in (None, *FAMILIES)
        and 0 <= request.clean_up <= WHOLE
        and 1 <= save.quality <= 100
        and len(save.background) == 3
        and all(0 <= value <= 255 for value in save.background)
    )
    if not sound:
        raise ValueError("a value that cannot be")
