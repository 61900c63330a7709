"""How fast this machine runs the models, and how long an enlargement will take."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bsr.engine.models.card import ModelCard
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.progress import CancelToken
    from bsr.engine.upscaling.pace import Pace

    from ..qt.settings import Settings

NEW_MEASUREMENT_SHARE = 0.5
ENOUGH_SECONDS = 0.25


class Speeds:
    """The measured paces of this machine, kept with the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def pace(self, card: ModelCard, threads: int) -> Pace | None:
        """Return how fast a model runs, or None where nothing was measured.

        A pace measured with other threads is taken in proportion.
        """
        from bsr.engine.upscaling.pace import Pace

        measured = self._settings.speeds(_name(card))
        if threads in measured:
            return Pace(*measured[threads])
        for others, (start, narrow, wide) in measured.items():
            return Pace(start, narrow * others / threads, wide * others / threads)
        return None

    def keep(self, card: ModelCard, threads: int, pace: Pace) -> None:
        """Remember what was measured."""
        self._settings.keep_speed(_name(card), threads, (pace.start, pace.narrow, pace.wide))

    def predict(
        self,
        card: ModelCard,
        height: int,
        width: int,
        scale: float,
        threads: int,
        alpha: bool = False,
    ) -> float | None:
        """Return the seconds that an enlargement will take, or None where nothing was measured."""
        from bsr.engine.upscaling.pace import predict

        pace = self.pace(card, threads)
        return None if pace is None else predict(pace, card, height, width, scale, threads, alpha)

    def pixels_per_second(self, card: ModelCard, threads: int) -> float | None:
        """Return input pixels per second for a picture of a megapixel, or None where unknown."""
        from bsr.engine.upscaling.pace import seconds_per_megapixel

        pace = self.pace(card, threads)
        if pace is None:
            return None
        return 1e6 / card.scale**2 / seconds_per_megapixel(pace, card, threads)

    def learn(self, card: ModelCard, threads: int, predicted: float, seconds: float) -> None:
        """Take what a run took for the next prediction; a short one, which tells less, less.

        Args:
            card: of the model that ran.
            threads: that it ran with.
            predicted: the seconds that were predicted.
            seconds: that it took.
        """
        pace = self.pace(card, threads)
        if pace is not None:
            share = NEW_MEASUREMENT_SHARE * min(1.0, seconds / ENOUGH_SECONDS)
            self.keep(card, threads, pace.times((seconds / predicted) ** share))


def measure(catalog: Catalog, card: ModelCard, threads: int, cancel: CancelToken) -> Pace:
    """Time a model on noise.

    Raises:
        Cancelled: cancel was asked for.
        ModelFileError: the model's file is damaged.
    """
    from bsr.engine.upscaling.pace import measure_pace

    return measure_pace(catalog.load(card), threads, cancel)


def _name(card: ModelCard) -> str:
    return f"{card.id}-{card.weights}"
