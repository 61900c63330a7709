"""Mutants that keep the form of their file: lengths, check sums and offsets are made right again.

So the damage is not found at the door but where values are used.
"""

import io
import re
import struct
import zlib
from contextlib import suppress

from bsr.engine.images import tiff_tags
from bsr.engine.images.png import chunk
from bsr.engine.images.sniff import PNG_SIGNATURE

NUMBERS = (0, 1, 2, 3, 7, 8, 15, 16, 17, 127, 128, 255, 256, 65_535, 65_536)
NUMBERS += (2**31 - 1, 2**31, 2**32 - 1)
SIZES = {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}  # of TIFF's types
ADDED_CHUNKS = (b"gAMA", b"cHRM", b"cICP", b"sRGB", b"acTL", b"tRNS", b"pHYs", b"PLTE")
ADDED_TAGS = (254, 266, 274, 284, 317, 338, 339, 700, 34_665, 34_675)


def mutant(kind, data, chance):
    """The file with one to three changes of the kind that its form knows."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = MUTATORS[kind](data, chance)
    return data


def bytes_changed(data, chance, most=4):
    """Some bytes with other values, of the same length."""
    data = bytearray(data)
    for _ in range(chance.randint(1, most) if data else 0):
        place = chance.randrange(len(data))
        data[place] = chance.choice((0, 1, 255, data[place] ^ 1 << chance.randrange(8)))
    return bytes(data)


def resized(data, chance):
    """The bytes changed, cut, doubled or filled up."""
    cut = chance.randrange(len(data) + 1)
    ways = (
        lambda: bytes_changed(data, chance),
        lambda: bytes_changed(data, chance),
        lambda: data[:cut],
        lambda: data[:cut] + data[cut // 2 :],
        lambda: data + chance.randbytes(chance.randrange(40)),
    )
    return chance.choice(ways)()


def number_changed(data, places, chance):
    """One of the numbers of a header, given as (offset, struct format), with another value."""
    place, form = chance.choice(places)
    if place + struct.calcsize(form) > len(data):
        return data
    old = struct.unpack_from(form, data, place)[0]
    value = chance.choice((*NUMBERS, old + 1, old - 1, old * 2, old // 2))
    size = struct.calcsize(form)
    if form[-1] in "bhiq":
        value = (value + (1 << 8 * size - 1)) % (1 << 8 * size) - (1 << 8 * size - 1)
    else:
        value %= 1 << 8 * size
    return data[:place] + struct.pack(form, value) + data[place + size :]


def rearranged(parts, chance, change):
    """A list with one part changed, doubled, left out, or in another place."""
    parts = list(parts)
    if not parts:
        return parts
    place = chance.randrange(len(parts))
    way = chance.choice(("change", "change", "change", "change", "double", "drop", "move"))
    if way == "change":
        parts[place] = change(parts[place])
    elif way == "double":
        parts.insert(chance.randrange(len(parts) + 1), parts[place])
    else:
        part = parts.pop(place)
        if way == "move":
            parts.insert(chance.randrange(len(parts) + 1), part)
    return parts


def png(data, chance):
    parts, position = [], 8
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        parts.append((kind, data[position + 8 : position + 8 + length]))
        position += 12 + length

    def change(part):
        kind, body = part
        if kind == b"IHDR":
            places = [(0, ">I"), (4, ">I"), *((offset, ">B") for offset in range(8, 13))]
            return kind, number_changed(body, places, chance)
        if kind == b"IDAT" and chance.random() < 0.7:
            try:
                rows = zlib.decompress(body)
            except zlib.error:
                return kind, bytes_changed(body, chance)
            return kind, zlib.compress(resized(rows, chance))
        if kind in (b"iCCP", b"iTXt", b"zTXt") and chance.random() < 0.5:
            name = body.partition(b"\0")[0] + b"\0"
            return kind, name + resized(body[len(name) :], chance)
        return kind, resized(body, chance)

    parts = rearranged(parts, chance, change)
    if chance.random() < 0.2:
        kind = chance.choice(ADDED_CHUNKS)
        body = chance.randbytes(chance.choice((1, 3, 4, 8, 9, 32)))
        parts.insert(min(1, len(parts)), (kind, body))
    return PNG_SIGNATURE + b"".join(chunk(kind, body) for kind, body in parts)


def jpeg(data, chance):
    parts, position = [], 2
    while position + 4 <= len(data) and data[position] == 0xFF:
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        parts.append((data[position + 1], data[position + 4 : position + 2 + length]))
        position += 2 + length
        if parts[-1][0] == 0xDA:
            break
    rest = data[position:]

    def change(part):
        marker, body = part
        if 0xC0 <= marker <= 0xC2:
            places = [(0, ">B"), (1, ">H"), (3, ">H"), (5, ">B"), (7, ">B"), (8, ">B")]
            return marker, number_changed(body, places, chance)
        return marker, resized(body, chance)[:65_000]

    if chance.random() < 0.4:
        # A byte of 255 would be a mark.
        changed = bytes_changed(rest[:-2], chance)
        pairs = zip(rest, changed, strict=False)
        rest = bytes(old if 255 in (old, new) else new for old, new in pairs) + rest[-2:]
    else:
        parts = rearranged(parts, chance, change)
    if chance.random() < 0.1:
        parts.insert(0, (chance.choice((0xE0, 0xE1, 0xE2, 0xEE, 0xFE)), chance.randbytes(30)))
    segments = (struct.pack(">BBH", 255, marker, len(body) + 2) + body for marker, body in parts)
    return data[:2] + b"".join(segments) + rest


def webp(data, chance):
    parts, position = [], 12
    while position + 8 <= len(data):
        length = int.from_bytes(data[position + 4 : position + 8], "little")
        parts.append((data[position : position + 4], data[position + 8 : position + 8 + length]))
        position += 8 + length + length % 2

    def change(part):
        kind, body = part
        if kind in (b"VP8X", b"ANIM", b"ANMF"):
            return kind, number_changed(
                body, [(i, "<B") for i in range(min(16, len(body)))], chance
            )
        if kind in (b"VP8 ", b"VP8L"):
            return kind, body[:10] + bytes_changed(body[10:], chance, 2)
        return kind, resized(body, chance)

    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(part)) + part + bytes(len(part) % 2)
        for kind, part in rearranged(parts, chance, change)
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiff(data, chance):
    order, big = "<" if data[:2] == b"II" else ">", data[2:4] in (b"+\0", b"\0+")
    tags = {}
    with suppress(ValueError):  # an earlier change may have hit the directory
        tags = tiff_tags.read_block(io.BytesIO(data), range(65_536))
    if chance.random() < 0.3 or not tags:
        return data[:16] + bytes_changed(data[16:], chance)

    def change(part):
        tag, value = part
        if not isinstance(value, tiff_tags.Field):
            return tag, tiff_tags.long(chance.choice(NUMBERS))
        way = chance.random()
        if way < 0.3:
            kind = chance.choice((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
            length = len(value.data) // {3: 2, 4: 4, 5: 8, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}.get(
                kind, 1
            )
            return tag, tiff_tags.Field(kind, value.data) if length else value
        form = {tiff_tags.SHORT: "<H", tiff_tags.LONG: "<I", tiff_tags.LONG8: "<Q"}.get(value.kind)
        if form is None or way > 0.9:
            unit = {tiff_tags.RATIONAL: 8}.get(value.kind, struct.calcsize(form or "<B"))
            changed = resized(value.data, chance)
            return tag, tiff_tags.Field(
                value.kind, changed[: max(unit, len(changed) // unit * unit)]
            )
        size = struct.calcsize(form)
        places = [(offset, form) for offset in range(0, len(value.data), size)]
        return tag, tiff_tags.Field(value.kind, number_changed(value.data, places, chance))

    changed = dict(rearranged(tags.items(), chance, change))
    if chance.random() < 0.2:
        changed[chance.choice(ADDED_TAGS)] = tiff_tags.short(chance.choice(NUMBERS[:14]))
    start = len(data) + len(data) % 2
    pointer = struct.pack(f"{order}Q" if big else f"{order}I", start)
    head = data[: 8 if big else 4] + pointer
    block = tiff_tags.write_directory(changed, start, order=order, big=big)
    return head + data[len(head) :] + bytes(len(data) % 2) + block


def bmp(data, chance):
    if chance.random() < 0.4:
        return data[:54] + resized(data[54:], chance)
    places = [(10, "<I"), (14, "<I"), (18, "<i"), (22, "<i"), (26, "<H"), (28, "<H")]
    places += [(30, "<I"), (34, "<I"), (46, "<I"), (50, "<I"), (54, "<I"), (58, "<I"), (66, "<I")]
    return number_changed(data, places, chance)


def gif(data, chance):
    """Blocks of a GIF are found by walking; only their insides change."""
    table = 3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0
    position = 13 + table
    places = [(6, "<H"), (8, "<H"), (10, "<B"), (11, "<B")]
    blocks = []
    while position + 10 < len(data) and data[position] in (0x21, 0x2C):
        start = position
        if data[position] == 0x2C:
            places += [(position + offset, "<H") for offset in (1, 3, 5, 7)] + [
                (position + 9, "<B")
            ]
            local = 3 << (data[position + 9] & 7) + 1 if data[position + 9] & 0x80 else 0
            position += 10 + local
            places.append((position, "<B"))
            position += 1
        else:
            position += 2
        while position < len(data) and data[position]:
            blocks.append((position + 1, data[position]))
            position += 1 + data[position]
        position += 1
        if start == position:
            break
    if blocks and chance.random() < 0.6:
        start, length = chance.choice(blocks)
        return (
            data[:start]
            + bytes_changed(data[start : start + length], chance)
            + data[start + length :]
        )
    return number_changed(data, places, chance)


def ppm(data, chance):
    words = re.split(rb"(\s+)", data, maxsplit=7)
    place = chance.randrange(len(words))
    if words[place].isdigit():
        old = int(words[place])
        words[place] = b"%d" % abs(chance.choice((old + 1, old - 1, old * 2, 255, 256, 65_535, 0)))
    elif words[place].isspace():
        words[place] = chance.choice((b"\n", b" # comment\n", b"\t\r", b"  "))
    elif place:
        words[place] = resized(words[place], chance)
    return b"".join(words)


MUTATORS = {
    "png": png,
    "jpeg": jpeg,
    "webp": webp,
    "tiff": tiff,
    "bmp": bmp,
    "gif": gif,
    "ppm": ppm,
}
