"""What can be shown of the open picture: the original enlarged, the results, and one in the making.

Four slots say what the panes show; the split, difference and blink views use the first two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QColorSpace

from bsr.engine.opencv import cv2
from bsr.engine.picture import Picture, Pixels
from bsr.engine.progress import FinishedRows

from ...qt.images import colour_space
from ...work.preview import Preview
from ...work.results import Result
from ...work.upscaling import UpscaleOptions
from ..shared import formatting, model_names
from .pyramid import Pyramid
from .sources import BicubicSource, LiveSource, PartSource, PictureSource, Source
from .viewport import Viewport, shown_length

translate = QCoreApplication.translate

SLOTS = 4
SLICE_SECONDS = 0.012


@dataclass(eq=False)
class Layer:
    """One thing that a pane can show.

    Attributes:
        words: says its name and its details, in the language that is spoken now.
        source: gives the pixels.
        colours: the colour space of the pixels, or None for sRGB.
        result: the result it shows, or None.
    """

    words: Callable[[], tuple[str, str]]
    source: Source
    colours: QColorSpace | None = None
    result: Result | None = None

    @property
    def name(self) -> str:
        """A few words for the label on the picture."""
        return self.words()[0]

    @property
    def details(self) -> str:
        """One line for under the pane."""
        return self.words()[1]


class Layers(QObject):
    """The layers of the open picture and which of them the panes show.

    Signals:
        listed(): layers came or went.
        chosen(): a slot shows another layer.
        repainted(): a layer's pixels changed.
    """

    listed = Signal()
    chosen = Signal()
    repainted = Signal()

    def __init__(self, viewport: Viewport, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewport = viewport
        self._original: list[Layer] = []
        self._results: list[Layer] = []
        self._least = 1.0
        self._preview: Layer | None = None
        self._live: Layer | None = None
        self._growing: LiveSource | None = None
        self._before_live: Layer | None = None
        self._slots: list[Layer] = []
        self._unbuilt: list[Pyramid] = []
        self._builder = QTimer(self)
        self._builder.setInterval(0)
        self._builder.timeout.connect(self._build)

    @property
    def all(self) -> list[Layer]:
        """Every layer, the original first."""
        passing = [layer for layer in (self._preview, self._live) if layer is not None]
        return [*self._original, *self._results, *passing]

    @property
    def results(self) -> list[Layer]:
        """The layers of finished results, oldest first."""
        return list(self._results)

    @property
    def building(self) -> bool:
        """Whether the small versions of a picture are still being made."""
        return bool(self._unbuilt)

    @property
    def alone(self) -> bool:
        """Whether there is nothing yet to compare the original with."""
        return not self._results and self._live is None and self._preview is None

    @property
    def live(self) -> Layer | None:
        """The layer of the result that is being computed."""
        return self._live

    def slot(self, number: int) -> Layer | None:
        """Return what a slot shows; None while no picture is open."""
        return self._slots[number] if self._slots else None

    def label(self, layer: Layer) -> str:
        """Return what is written on the picture."""
        return self.tr("Original") if self.alone else layer.name

    def choose(self, number: int, layer: Layer) -> None:
        """Show a layer in a slot."""
        if self._slots[number] is not layer:
            self._slots[number] = layer
            self._measure_shown()
            self.chosen.emit()

    def swap(self) -> None:
        """Let the first two slots change places."""
        if self._slots:
            self._slots[:2] = [self._slots[1], self._slots[0]]
            self._measure_shown()
            self.chosen.emit()

    def set_original(self, picture: Picture | None, least: float = 1.0) -> None:
        """Open another picture, or none; all other layers go.

        Args:
            picture: the original.
            least: everything is shown at least this many times larger.
        """
        self._least = least
        self._original, self._results, self._slots, self._unbuilt = [], [], [], []
        self._preview = self._live = self._growing = self._before_live = None
        if picture is not None:
            self._viewport.set_picture(picture.height, picture.width)
            self._original = self._original_layers(picture)
            bicubic, pixels = self._original
            self._slots = [bicubic, bicubic, pixels, pixels]
            self._refer()
        self.listed.emit()

    def add_result(self, result: Result) -> Layer:
        """Add a result and show it in the second slot; what was there moves on."""
        source = self._source_of(result)
        colours = colour_space(result.picture.icc)
        layer = Layer(partial(_result_words, result), source, colours, result)
        self._results.append(layer)
        self._build_later(source.pyramid)
        before = self._before_live if self._slots[1] is self._live else self._slots[1]
        if before is not None and before.result is not None:
            self._slots[2:] = [before, self._slots[2]]
        self._slots[1] = layer
        self._refer()
        self.listed.emit()
        return layer

    def remove_result(self, result: Result) -> None:
        """Take a result away; the slots behind it close up."""
        gone = next((layer for layer in self._results if layer.result is result), None)
        if gone is None:
            return
        self._results.remove(gone)
        self._close_up(gone)
        if self._before_live is gone:
            self._before_live = self._original[0]
        self._refer()
        self.listed.emit()

    def show_result(self, result: Result) -> None:
        """Show a known result in the second slot."""
        for layer in self._results:
            if layer.result is result:
                self.choose(1, layer)

    def show_preview(self, preview: Preview) -> None:
        """Show a part of the picture enlarged, in the place of the last one or the second slot."""
        region, under = preview.region, self._original[0]
        shape = region.height, region.width
        source = PartSource(preview.picture, region.top, region.left, shape, under.source)
        layer = Layer(partial(self._preview_words, preview), source, under.colours)
        before, self._preview = self._preview or self._slots[1], layer
        self._slots = [
            layer if shown is before and (number or before is not under) else shown
            for number, shown in enumerate(self._slots)
        ]
        self._build_later(source.pyramid)
        self._refer()
        self.listed.emit()

    def end_preview(self) -> None:
        """Take the preview away; the original is seen in its place."""
        if self._preview is None:
            return
        gone, self._preview = self._preview, None
        self._slots = [self._original[0] if layer is gone else layer for layer in self._slots]
        self._refer()
        self.listed.emit()

    def begin_live(self, height: int, width: int, options: UpscaleOptions) -> None:
        """Show a picture of (height, width) in the second slot while it is made with options."""
        self.end_live()
        original_height, original_width = self._viewport.size
        factor = (height / original_height + width / original_width) / 2
        self._growing = LiveSource(height, width, factor, self._original[0].source)
        words = partial(self._live_words, options, height, width)
        self._live = Layer(words, self._growing, self._original[0].colours)
        self._before_live, self._slots[1] = self._slots[1], self._live
        self._refer()
        self.listed.emit()

    def show_rows(self, rows: FinishedRows) -> None:
        """Put finished rows into the growing picture, which has their size."""
        if self._growing is not None:
            self._growing.write(rows.top, rows.left, rows.pixels)
            self.repainted.emit()

    def end_live(self) -> None:
        """Take the growing picture away; what it covered comes back."""
        if self._live is None:
            return
        before = self._before_live or self._original[0]
        self._slots = [before if layer is self._live else layer for layer in self._slots]
        self._live = self._growing = self._before_live = None
        self._refer()
        self.listed.emit()

    def _live_words(self, options: UpscaleOptions, height: int, width: int) -> tuple[str, str]:
        size = formatting.size(height, width)
        return _made_with(options), self.tr("{size} · being computed…").format(size=size)

    def _preview_words(self, preview: Preview) -> tuple[str, str]:
        name = self.tr("Preview · {0}").format(_made_with(preview.options))
        return name, self.tr("What is visible; Enlarge makes the whole")

    def _bicubic_words(self) -> tuple[str, str]:
        return self.tr("Original, bicubic"), formatting.size(*self._viewport.size)

    def _pixels_words(self) -> tuple[str, str]:
        return self.tr("Original, pixels"), formatting.size(*self._viewport.size)

    def _original_layers(self, picture: Picture) -> list[Layer]:
        pixels = PictureSource(picture, 1.0)
        self._build_later(pixels.pyramid)
        colours = colour_space(picture.icc)
        return [
            Layer(self._bicubic_words, BicubicSource(pixels), colours),
            Layer(self._pixels_words, pixels, colours),
        ]

    def _source_of(self, result: Result) -> PictureSource:
        """Return what a result shows; a smaller one than all are shown is enlarged smoothly."""
        factor = factor_of(result.picture, self._viewport.size, result.scale)
        if factor >= self._least:
            return PictureSource(result.picture, factor)
        height, width = (shown_length(side, self._least) for side in self._viewport.size)

        def resized(part: Pixels) -> Pixels:
            larger = cv2.resize(part, (width, height), interpolation=cv2.INTER_CUBIC)
            return cast(Pixels, larger)

        picture = result.picture
        alpha = None if picture.alpha is None else resized(picture.alpha)
        larger = replace(picture, pixels=resized(picture.pixels), alpha=alpha)
        return PictureSource(larger, self._least)

    def _close_up(self, gone: Layer) -> None:
        """Fill the slots that showed a layer; a result that is left gets the second one."""
        bicubic, pixels = self._original
        rest = [layer for layer in self._slots[1:] if layer is not gone]
        hidden = [layer for layer in self._results if layer not in rest]
        if len(rest) < SLOTS - 1 and rest[0].result is None and hidden:
            rest.insert(0, hidden[-1])
        first = bicubic if self._slots[0] is gone else self._slots[0]
        if not self._results and self._live is None:
            rest = [bicubic]
        self._slots = [first, *rest, *[pixels] * SLOTS][:SLOTS]

    def _refer(self) -> None:
        """Let 100 % mean the largest picture, and the bicubic original be as large."""
        sources = [layer.source for layer in self.all if layer not in self._original]
        factor = max((source.factor for source in sources), default=self._least)
        bicubic = self._original[0].source
        assert isinstance(bicubic, BicubicSource)
        bicubic.factor = max(factor, self._least)
        self._viewport.set_reference(bicubic.factor)
        self._measure_shown()

    def _measure_shown(self) -> None:
        """Let 100 % mean the picture that is compared with the original."""
        shown = (layer for layer in (self._slots[1], self._slots[0]))
        layer = next((layer for layer in shown if layer not in self._original), None)
        factor = getattr(layer.source, "factor", None) if layer is not None else None
        self._viewport.set_shown(factor or self._viewport.reference)

    def _build_later(self, pyramid: Pyramid) -> None:
        self._unbuilt.append(pyramid)
        self._builder.start()

    def _build(self) -> None:
        """Work on the halvings for a moment, so that the window stays quick."""
        if self._unbuilt and self._unbuilt[0].build(SLICE_SECONDS):
            self._unbuilt.pop(0)
            self.repainted.emit()
        if not self._unbuilt:
            self._builder.stop()


def factor_of(picture: Picture, original: tuple[int, int], scale: float) -> float:
    """Return how many pixels of a picture lie on one of the original.

    It is the scale that was asked for, unless the picture's size differs by more than rounding.
    """
    height, width = original
    if abs(picture.height - height * scale) <= 1 and abs(picture.width - width * scale) <= 1:
        return scale
    return (picture.height / height + picture.width / width) / 2


def _made_with(options: UpscaleOptions) -> str:
    card = options.card
    return model_names.made_by(card.id, card.title, card.weights, options.mix.percent)


def _result_words(result: Result) -> tuple[str, str]:
    """Return the name and the details of a result."""
    size = formatting.size(result.picture.height, result.picture.width)
    details = " · ".join([size, *performance(result)])
    made_by = result.model_id, result.title, result.weights, result.percent
    return model_names.made_by(*made_by), details


def performance(result: Result) -> list[str]:
    """Return what a result took, for people: seconds, megapixels per second, bytes of the weights.

    Nothing is known of one that was made and saved before.
    """
    if not result.seconds:
        return []
    return [
        formatting.duration(result.seconds),
        formatting.speed(result.megapixels_per_second),
        translate("Layers", "weights {0}").format(formatting.data_size(result.weights_bytes)),
    ]
