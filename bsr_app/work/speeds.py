"""How fast this machine runs a model, and how long an enlargement will take.

A speed is network pixels per second: pixels that enter the network, over all passes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bsr.engine.models.catalog import Catalog
    from bsr.engine.models.weights_file import ModelCard
    from bsr.engine.progress import CancelToken

    from ..qt.settings import Settings

NEW_MEASUREMENT_SHARE = 0.5
ENOUGH_SECONDS = 0.25
MAX_THREADS = 256


def network_pixels(card: ModelCard, height: int, width: int, scale: float) -> int:
    """Count the pixels that enter the network when a picture is enlarged, over all passes.

    Args:
        card: of the model.
        height: of the picture in pixels.
        width: of the picture in pixels.
        scale: what is wanted; a larger one than the model's takes several passes.
    """
    from bsr.engine.upscaling.tiles import pass_sizes

    sizes = pass_sizes(height, width, scale, card.scale)
    return sum(rows * columns for rows, columns in sizes)


class Speeds:
    """The measured speeds of this machine, kept with the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def of(self, card: ModelCard, threads: int) -> float | None:
        """Return network pixels per second of a model, or None where nothing was measured.

        A speed measured with other threads is taken in proportion.
        """
        exact = self._settings.speed(_key(card, threads))
        if exact is not None:
            return exact
        for others in range(1, MAX_THREADS):
            speed = self._settings.speed(_key(card, others))
            if speed is not None:
                return speed * threads / others
        return None

    def predict(
        self, card: ModelCard, height: int, width: int, scale: float, threads: int
    ) -> float | None:
        """Return the seconds that an enlargement will take, or None where nothing was measured."""
        speed = self.of(card, threads)
        return None if speed is None else network_pixels(card, height, width, scale) / speed

    def learn(self, card: ModelCard, threads: int, pixels: int, seconds: float) -> None:
        """Remember what a run took; a run that tells little of the speed counts less.

        Args:
            card: of the model that ran.
            threads: that it ran with.
            pixels: that entered the network.
            seconds: that it took.
        """
        speed = pixels / max(seconds, 1e-6)
        known = self._settings.speed(_key(card, threads))
        if known is not None:
            share = NEW_MEASUREMENT_SHARE * min(1.0, seconds / ENOUGH_SECONDS)
            speed = known * (1 - share) + speed * share
        self._settings.keep_speed(_key(card, threads), speed)


def measure(catalog: Catalog, card: ModelCard, threads: int, cancel: CancelToken) -> float:
    """Time a model on noise.

    Returns:
        Network pixels per second.

    Raises:
        Cancelled: cancel was asked for.
        ModelFileError: the model's file is damaged.
    """
    from bsr.engine.verification.selftest import measure_speed

    return 1e6 / measure_speed(catalog.load(card), threads, cancel)


def _key(card: ModelCard, threads: int) -> str:
    return f"{card.id}-{card.weights}-{threads}"
