"""Draw the figures of docs/how-it-works.md:  python packaging/make_figures.py."""

from __future__ import annotations

from pathlib import Path

FIGURES = Path(__file__).resolve().parent.parent / "docs" / "figures"
BLUE, ORANGE, GREY, INK, PALE = "#2a5bd7", "#e08a1e", "#8a94a6", "#1d2430", "#e8ecf4"


class Drawing:
    """A picture in SVG."""

    def __init__(self, width: int, height: int) -> None:
        """Begin with a white ground, so that it can be read on dark pages too."""
        self._size = width, height
        self._parts = [f'<rect width="{width}" height="{height}" fill="white" rx="6"/>']

    def box(
        self, x: float, y: float, w: float, h: float, fill: str = PALE, line: str = GREY
    ) -> None:
        """Draw a box."""
        self._parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" fill="{fill}" '
            f'stroke="{line}" rx="2"/>'
        )

    def text(self, x: float, y: float, text: str, size: int = 14, fill: str = INK,
             middle: bool = True, bold: bool = False) -> None:  # fmt: skip
        """Write a line; y is its base line."""
        anchor, weight = "middle" if middle else "start", "bold" if bold else "normal"
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        self._parts.append(
            f'<text x="{x:g}" y="{y:g}" font-family="sans-serif" font-size="{size}" fill="{fill}" '
            f'text-anchor="{anchor}" font-weight="{weight}">{text}</text>'
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw an arrow."""
        self._parts.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{INK}" '
            f'stroke-width="1.5" marker-end="url(#head)"/>'
        )

    def save(self, name: str) -> None:
        """Write the file."""
        width, height = self._size
        head = (
            '<defs><marker id="head" markerWidth="8" markerHeight="8" refX="7" refY="4" '
            f'orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="{INK}"/></marker></defs>'
        )
        start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        text = "\n".join([start, head, *self._parts, "</svg>"]) + "\n"
        (FIGURES / f"{name}.svg").write_text(text, encoding="utf-8")


def row(drawing: Drawing, x: float, y: float, values: list[str], colours: dict[str, str]) -> None:
    """Draw a row of boxes with a value in each."""
    for i, value in enumerate(values):
        drawing.box(x + 46 * i, y, 42, 32, colours.get(value, PALE))
        light = value in colours and colours[value] in (BLUE, ORANGE)
        drawing.text(x + 46 * i + 21, y + 21, value, fill="white" if light else INK)


def signs() -> None:
    """Draw that a product of signs is an XNOR, their sum a count."""
    drawing = Drawing(700, 250)
    features = [-0.7, 0.2, 1.4, -0.1, 0.9, -2.0, 0.3, 0.6]
    weights = [1, 1, -1, -1, 1, -1, 1, -1]
    negative = [f < 0 for f in features]
    equal = [(w < 0) == n for w, n in zip(weights, negative, strict=True)]
    signed = {"−1": ORANGE, "+1": BLUE, "1": ORANGE, "0": BLUE}
    rows = (
        ("features", [f"{f:g}".replace("-", "−") for f in features], {}),
        ("their signs, as bits (1 = negative)", ["1" if n else "0" for n in negative], signed),
        ("weights, as bits", ["1" if w < 0 else "0" for w in weights], signed),
        ("product of signs = XNOR", ["+1" if e else "−1" for e in equal], signed),
    )
    for i, (name, values, colours) in enumerate(rows):
        drawing.text(20, 45 + 45 * i, name, middle=False)
        row(drawing, 310, 24 + 45 * i, values, colours)
    many, same = len(equal), sum(equal)
    told = f"{same} of {many} are equal: the sum is 2 · {same} − {many} = {2 * same - many}"
    drawing.text(350, 228, told, 16, bold=True)
    drawing.save("signs")


def planes() -> None:
    """Draw how bits of neighbouring pixels stand beside each other in a register."""
    drawing = Drawing(700, 300)
    drawing.text(150, 28, "pixels with their channels", bold=True)
    drawing.text(520, 28, "planes: a channel to a register", bold=True)
    bits = ["10110010", "01100111", "11010001", "00111010"]
    colours = [BLUE, ORANGE, "#3c9a5f", "#9a4fb5"]
    for pixel in range(8):
        for channel, word in enumerate(bits):
            shown = colours[channel] if word[pixel] == "1" else PALE
            drawing.box(20 + 34 * pixel, 50 + 34 * channel, 28, 28, shown)
            drawing.box(400 + 30 * pixel, 56 + 48 * channel, 28, 28, shown)
            light = "white" if word[pixel] == "1" else INK
            drawing.text(34 + 34 * pixel, 69 + 34 * channel, word[pixel], fill=light)
            drawing.text(414 + 30 * pixel, 75 + 48 * channel, word[pixel], fill=light)
    drawing.arrow(305, 118, 380, 118)
    drawing.text(150, 205, "one column is one pixel")
    drawing.text(
        350, 270, "One instruction works on a channel of 512 pixels (AVX-512) at once;", 15
    )
    drawing.text(
        350, 290, "sums are kept in planes too: bit 0 of all sums, bit 1 of all sums, …", 15
    )
    drawing.save("planes")


def shared() -> None:
    """Draw how filters in fours share what they count."""
    drawing = Drawing(700, 330)
    drawing.text(350, 28, "Four filters say of every input one of 16 things", 16, bold=True)
    weights = ["0110", "1010", "0110", "0001", "1010", "0110"]
    for i, word in enumerate(weights):
        x = 60 + 100 * i
        drawing.text(x + 30, 58, f"input {i}")
        for k, bit in enumerate(word):
            drawing.box(x + 15, 66 + 24 * k, 30, 22, BLUE if bit == "1" else PALE)
            drawing.text(x + 30, 82 + 24 * k, bit, 12, "white" if bit == "1" else INK)
    for k in range(4):
        drawing.text(30, 82 + 24 * k, f"filter {k}", 12)
    classes = {"0110": 130, "1010": 350, "0001": 570}
    for i, word in enumerate(weights):
        drawing.arrow(90 + 100 * i, 166, classes[word], 218)
    for word, x in classes.items():
        drawing.box(x - 62, 222, 124, 34)
        drawing.text(x, 244, f"count of class {word}", 12)
    drawing.text(
        350, 290, "Each class is counted once, instead of once for every filter that wants it;", 15
    )
    drawing.text(
        350, 312, "a filter then adds the few counts of the classes in which it has a 1.", 15
    )
    drawing.save("shared")


def rows() -> None:
    """Draw how a picture flows through all layers at once, a few rows behind each other."""
    drawing = Drawing(700, 330)
    drawing.text(350, 28, "A picture and three layers, at one moment", 16, bold=True)
    for layer, name in enumerate(("picture", "layer 1", "layer 2", "layer 3")):
        x = 40 + 165 * layer
        drawing.text(x + 60, 56, name)
        now = 8 - 2 * layer
        for line in range(10):
            kept = now - 2 <= line < now
            fill = ORANGE if line == now else BLUE if kept else "white"
            drawing.box(x, 66 + 20 * line, 120, 18, fill, GREY if line <= now else "#d5dae3")
        if layer < 3:
            drawing.arrow(x + 122, 75 + 20 * (now - 1), x + 162, 75 + 20 * (now - 2))
    drawing.text(
        350, 295, "orange: computed now.  blue: kept, since the next layer still looks at it.", 15
    )
    drawing.text(
        350, 317, "White rows above are finished and gone: memory grows with width, not height.", 15
    )
    drawing.save("rows")


if __name__ == "__main__":
    FIGURES.mkdir(parents=True, exist_ok=True)
    signs()
    planes()
    shared()
    rows()
