"""Directories of tags: the form that EXIF blocks and TIFF files share.

Values stay raw bytes with their type, so that nothing is lost on the way, not even text in unknown
encodings. Numbers are kept in little-endian order. What plain bytes say may hang on the order of
the block, and a maker's note also on its place: both stay as they were.
"""

from __future__ import annotations

import struct
from collections.abc import Container
from contextlib import suppress
from typing import Any, BinaryIO, NamedTuple

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, LONG8 = 1, 2, 3, 4, 5, 7, 16

# By their names in the specifications of TIFF, Exif and DNG.
SUBFILE_TYPE, IMAGE_WIDTH, IMAGE_LENGTH, BITS_PER_SAMPLE = 254, 256, 257, 258
COMPRESSION, PHOTOMETRIC, FILL_ORDER, ORIENTATION = 259, 262, 266, 274
MAKE = 271
STRIP_OFFSETS, SAMPLES_PER_PIXEL, ROWS_PER_STRIP, STRIP_BYTE_COUNTS = 273, 277, 278, 279
X_RESOLUTION, Y_RESOLUTION, PLANAR_CONFIGURATION, RESOLUTION_UNIT = 282, 283, 284, 296
PREDICTOR, COLOR_MAP, EXTRA_SAMPLES, SAMPLE_FORMAT = 317, 320, 338, 339
TILE_WIDTH, TILE_LENGTH, TILE_OFFSETS, TILE_BYTE_COUNTS = 322, 323, 324, 325
XMP, IPTC, PHOTOSHOP, ICC_PROFILE, DNG_VERSION = 700, 33723, 34377, 34675, 50706
EXIF, GPS, INTEROP, MAKER_NOTE = 0x8769, 0x8825, 0xA005, 0x927C

SEPARATE = 2
"""The PLANAR_CONFIGURATION of a file that stores its channels one after the other."""

ENTRIES = 4096
"""How many tags of a directory are looked at."""

_NESTED = {EXIF, GPS, INTEROP}
_NARROW = {LONG, 13}  # of offsets: four bytes also in a BigTIFF; 13 is IFD
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 16: 8}
_WORDS = _SIZES | {5: 4, 10: 4}  # a rational is two words
_VALUE_LIMIT = 1 << 20
_TOTAL_LIMIT = 1 << 24
_ENTRY_LIMIT = 20_000  # of all directories together
_NOTE_PLACES = range(16, 1 << 16)  # behind every header, and as far as the EXIF of a JPEG goes


class Field(NamedTuple):
    """One tag's value.

    Attributes:
        kind: the TIFF type, e.g. SHORT.
        data: the values one after the other, little-endian.
        order: of the block that plain bytes were read from, "<" or ">".
        offset: where they stood there, or 0.
    """

    kind: int
    data: bytes
    order: str = "<"
    offset: int = 0


Directory = dict[int, "Field | Directory"]


def short(*values: int) -> Field:
    """Return a field of 16-bit numbers."""
    return Field(SHORT, struct.pack(f"<{len(values)}H", *values))


def long(*values: int) -> Field:
    """Return a field of 32-bit numbers."""
    return Field(LONG, struct.pack(f"<{len(values)}I", *values))


def long8(*values: int) -> Field:
    """Return a field of 64-bit numbers, known to BigTIFF only."""
    return Field(LONG8, struct.pack(f"<{len(values)}Q", *values))


def rational(value: float) -> Field:
    """Return a field of one fraction with four decimal places, one where the number is large."""
    below = 10_000 if value < 400_000 else 10
    return Field(RATIONAL, struct.pack("<2I", round(value * below), below))


def number(directory: Directory, tag: int) -> float | None:
    """Return the first value of a tag that holds whole numbers or fractions, or None."""
    field = directory.get(tag)
    if not isinstance(field, Field):
        return None
    if field.kind == SHORT and len(field.data) >= 2:
        return float(struct.unpack_from("<H", field.data)[0])
    if field.kind == LONG and len(field.data) >= 4:
        return float(struct.unpack_from("<I", field.data)[0])
    if field.kind == RATIONAL and len(field.data) >= 8:
        above, below = struct.unpack_from("<2I", field.data)
        return float(above / below) if below else None
    return None


def extent(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """Look at the first directory of a TIFF file without reading its values.

    Args:
        file: at the start of the file.
        size: its bytes.

    Returns:
        How many entries there are, the bytes of the longest list of numbers, and the bytes of all
        values that the file can hold; zeros where this is no such file.
    """
    try:
        reader, offset = _reader(file)
        return reader.extent(offset, size)
    except ValueError:
        return 0, 0, 0


def read_block(file: BinaryIO, wanted: Container[int]) -> Directory:
    """Read the first directory of a TIFF file or EXIF block, with the directories inside it.

    Args:
        file: at the start of the block; offsets count from there.
        wanted: the tags of the first directory that are kept.

    Raises:
        ValueError: this is no such block, or it is damaged.
    """
    reader, offset = _reader(file)
    return reader.directory(offset, wanted, depth=0)


def _reader(file: BinaryIO) -> tuple[_Reader, int]:
    """Return what reads a block that begins here, and where its first directory is."""
    start = file.tell()
    head = file.read(16)
    orders = {b"II*\0": "<", b"MM\0*": ">", b"II+\0": "<", b"MM\0+": ">"}
    if head[:4] not in orders or len(head) < 16:
        raise ValueError("not a block of tags")
    order, big = orders[head[:4]], b"+" in head[:4]
    offset = struct.unpack(f"{order}8xQ" if big else f"{order}4xI8x", head)[0]
    return _Reader(file, start, order, big), offset


class _Reader:
    """Reads directories from one file, within a budget for the bytes of all values."""

    def __init__(self, file: BinaryIO, start: int, order: str, big: bool) -> None:
        self._file, self._start, self._order = file, start, order
        self._count, self._entry = ("Q", "HHQ8s") if big else ("H", "HHI4s")
        self._budget = _TOTAL_LIMIT
        self._entries = _ENTRY_LIMIT

    def extent(self, offset: int, size: int) -> tuple[int, int, int]:
        """See `extent`."""
        count, longest, total = self._unpack(self._count, offset)[0], 0, 0
        step = struct.calcsize(f"{self._order}{self._entry}")
        first = offset + struct.calcsize(f"{self._order}{self._count}")
        for position in range(first, first + min(count, ENTRIES) * step, step):
            _, kind, length, _ = self._unpack(self._entry, position)
            bytes = _SIZES.get(kind, 8) * length
            if kind not in (BYTE, ASCII, UNDEFINED):
                longest = max(longest, bytes)
            total += bytes if bytes <= size else 0
        return count, longest, total

    def directory(self, offset: int, wanted: Container[int] | None, depth: int) -> Directory:
        """Return the directory at an offset; values that are damaged or too large are left out."""
        count = self._unpack(self._count, offset)[0]
        found: Directory = {}
        step = struct.calcsize(f"{self._order}{self._entry}")
        first = offset + struct.calcsize(f"{self._order}{self._count}")
        for position in range(first, first + min(count, ENTRIES) * step, step):
            self._entries -= 1
            if self._entries < 0:
                raise ValueError("the block of tags has too many")
            tag, kind, length, inline = self._unpack(self._entry, position)
            if wanted is not None and tag not in wanted:
                continue
            if tag in _NESTED:
                if depth < 2:
                    with suppress(ValueError):
                        inside = self._target(inline[:4] if kind in _NARROW else inline)
                        found[tag] = self.directory(inside, None, depth + 1)
            elif (field := self._field(kind, length, inline)) is not None:
                found[tag] = field
        return found

    def _field(self, kind: int, length: int, inline: bytes) -> Field | None:
        size = _SIZES.get(kind, 0) * length
        if size == 0 or size > min(_VALUE_LIMIT, self._budget):
            return None
        self._budget -= size
        offset = 0 if size <= len(inline) else self._target(inline)
        data = self._read(offset, size) if offset else inline[:size]
        if len(data) < size:
            return None
        if kind in (BYTE, UNDEFINED):
            return Field(kind, data, self._order, offset)
        return Field(kind, _in_order(data, kind, self._order))

    def _target(self, inline: bytes) -> int:
        """Return the offset that stands in an entry instead of its value."""
        return int.from_bytes(inline, "little" if self._order == "<" else "big")

    def _unpack(self, form: str, offset: int) -> tuple[Any, ...]:
        form = self._order + form
        data = self._read(offset, struct.calcsize(form))
        if len(data) < struct.calcsize(form):
            raise ValueError("the block of tags ends too early")
        return struct.unpack(form, data)

    def _read(self, offset: int, size: int) -> bytes:
        if offset >= 1 << 62:
            return b""
        self._file.seek(self._start + offset)
        return self._file.read(size)


def order_of(directory: Directory) -> str:
    """Return the byte order to write a directory in: that of its plain bytes."""
    orders = (v.order if isinstance(v, Field) else order_of(v) for v in directory.values())
    return max(orders, default="<")


def maker_note(directory: Directory) -> Field | None:
    """Return the maker's note that can stay in its place, or None."""
    exif = directory.get(EXIF)
    note = exif.get(MAKER_NOTE) if isinstance(exif, dict) else None
    return note if isinstance(note, Field) and note.offset in _NOTE_PLACES else None


def write_block(directory: Directory) -> bytes:
    """Return the directory as a block that begins with the TIFF header."""
    head = beginning(directory)
    return head + write_directory(
        directory, len(head), order=order_of(directory), note=maker_note(directory)
    )


def beginning(directory: Directory, big: bool = False) -> bytes:
    """Return the TIFF header and, in its old place behind it, the maker's note.

    Args:
        directory: what is to be written; the header says that it follows.
        big: begin a BigTIFF.
    """
    order, note = order_of(directory), maker_note(directory)
    head = 16 if big else 8
    body = b"" if note is None else bytes(note.offset - head) + note.data
    body += b"\0" * (len(body) % 2)
    mark, start = (b"II" if order == "<" else b"MM"), head + len(body)
    form = (43, 8, 0, start) if big else (42, start)
    return mark + struct.pack(f"{order}HHHQ" if big else f"{order}HI", *form) + body


def write_directory(
    directory: Directory,
    offset: int,
    *,
    order: str = "<",
    big: bool = False,
    note: Field | None = None,
) -> bytes:
    """Return the bytes of a directory, its values and the directories inside it.

    Args:
        directory: tag -> field or directory.
        offset: where in the file the bytes will stand.
        order: "<" for little-endian, ">" for big-endian.
        big: write the BigTIFF form.
        note: a field whose bytes are in their old place already, or None.
    """
    count, entry, pointer = ("Q", "HHQ8s", "Q") if big else ("H", "HHI4s", "I")
    room = struct.calcsize(f"<{pointer}")
    head = [struct.pack(f"{order}{count}", len(directory))]
    tail: list[bytes] = []
    end = offset + len(head[0]) + len(directory) * struct.calcsize(f"<{entry}") + room
    for tag, value in sorted(directory.items()):
        if isinstance(value, Field):
            kind, length = value.kind, len(value.data) // _SIZES[value.kind]
            data = _in_order(value.data, kind, order)
        else:
            kind, length = LONG8 if big else LONG, 1
            data = write_directory(value, end, order=order, big=big, note=note)
        if value is note and len(data) > room:
            data = struct.pack(f"{order}{pointer}", note.offset)
        elif len(data) > room:
            tail.append(data + b"\0" * (len(data) % 2))
            data = struct.pack(f"{order}{pointer}", end)
            end += len(tail[-1])
        head.append(struct.pack(f"{order}{entry}", tag, kind, length, data))
    return b"".join([*head, bytes(room), *tail])


def _in_order(data: bytes, kind: int, order: str) -> bytes:
    """Return values in the given byte order, from little-endian or to it."""
    word = _WORDS[kind]
    if order == "<" or word == 1:
        return data
    return b"".join(data[i : i + word][::-1] for i in range(0, len(data), word))
