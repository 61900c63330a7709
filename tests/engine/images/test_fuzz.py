"""Damaged pictures of every kind: a picture or an ImageFileError, soon, in little memory, quietly.

The work is done by a process of its own, so that a crash, a hang, memory beyond the limit, or a
word on stderr from a C library is seen.  For a longer search:
`python -W error -m tests.engine.images.test_fuzz SEED COUNT`.
"""

import itertools
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

from bsr.engine import ImageFileError, Picture
from bsr.engine.images import FORMATS, probe, read_picture, thumbnail, write_picture
from tests.engine.images.picture_files import cmyk_profile, encoded, noise, pillow, slope
from tests.engine.images.test_metadata import SRGB, exif_block
from tests.engine.images.test_refuse import COMPLETE

ROOT = Path(__file__).resolve().parents[3]
SECONDS, MEGABYTES, ADDRESS_SPACE = 5, 500, 4 << 30
COUNT = 30
METADATA = {"exif": exif_block(6), "icc": SRGB, "dpi": (300.0, 300.0)}


def seeds():
    """Small complete files of every kind, with metadata of every kind."""
    image = pillow(slope(12, 10))
    other = image.rotate(90)
    files = list(COMPLETE.values())
    with tempfile.TemporaryDirectory() as folder:
        for format, deep in itertools.product(FORMATS, ("uint8", "uint16")):
            path = Path(folder) / "seed"
            write_picture(noise(8, 9, deep, alpha=True, **METADATA), path, format=format)
            files.append(path.read_bytes())
    for format in ("GIF", "PNG", "WEBP", "TIFF"):
        files.append(encoded(image, format, save_all=True, append_images=[other]))
    for mode in ("1", "L", "P", "CMYK", "YCbCr"):
        files.append(encoded(image.convert(mode), "TIFF"))
    for mode in ("LA", "I;16", "I", "F"):
        files.append(encoded(image.convert("L").convert(mode), "TIFF"))
    files.append(encoded(image.convert("CMYK"), "TIFF", icc_profile=cmyk_profile()))
    files.append(encoded(image.convert("CMYK"), "JPEG", icc_profile=cmyk_profile()))
    files.append(encoded(image.quantize(5), "BMP"))
    files += [b"P%d 6 4 %s" % (kind, b"9 " * 80) for kind in (1, 2, 3)]
    files += [b"P4 6 4\n" + bytes(9), b"P5 6 4 99\n" + bytes(24), b"P6 6 4 999\n" + bytes(144)]
    return files


def damaged(data, others, chance):
    """The bytes with some damage: flipped, filled, cut off, cut out, doubled or spliced."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        start = chance.randrange(max(1, len(data)))
        end = min(len(data), start + chance.choice((1, 2, 4, 16, 200)))
        kind = chance.choice(("flip", "flip", "flip", "fill", "end", "out", "double", "splice"))
        if kind == "flip" and data:
            for _ in range(chance.choice((1, 1, 3, 10))):
                value = chance.choice((0, 1, 127, 128, 255, chance.randrange(256)))
                data[chance.randrange(len(data))] = value
        elif kind == "fill":
            data[start:end] = bytes([chance.choice((0, 255))]) * (end - start)
        elif kind == "end":
            del data[start:]
        elif kind == "out":
            del data[start:end]
        elif kind == "double":
            data[start:start] = data[start:end]
        elif kind == "splice":
            other = chance.choice(others)
            cut = chance.randrange(len(other))
            data[start:end] = other[cut : cut + chance.choice((4, 40, len(other)))]
    return bytes(repaired(data) if chance.random() < 0.5 else data)


def repaired(data):
    """The bytes with the check sums of PNG made right, so that the damage comes further."""
    position = 8
    while data[:4] == b"\x89PNG" and position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        end = position + 8 + length
        if end + 4 > len(data):
            break
        data[end : end + 4] = zlib.crc32(data[position + 4 : end]).to_bytes(4, "big")
        position = end + 4
    return data


def search(seed, count):
    """Look at `count` damaged files of each kind; raise at the first that misbehaves."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    chance, files, pictures, refusals = random.Random(seed), seeds(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "damaged"
        for data in files * count:
            path.write_bytes(damaged(data, files, chance))
            for look in (read_picture, probe, small_copy):
                start = time.process_time()
                try:
                    pictures += isinstance(look(path), Picture)
                except ImageFileError as error:
                    refusals += 1
                    assert str(error).startswith(str(path)) and str(error).endswith(".")
                except BaseException as error:
                    raise AssertionError(path.read_bytes().hex()) from error
                assert time.process_time() - start < SECONDS, path.read_bytes().hex()
    # Not ru_maxrss, which a process inherits from the one that started it.
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(pictures, refusals, int(peak[1]) >> 10)


def small_copy(path):
    return thumbnail(path, 16)


def test_damaged_files_give_a_picture_or_a_sentence():
    command = [sys.executable, "-W", "error", "-X", "faulthandler"]
    command += ["-m", "tests.engine.images.test_fuzz", "1", str(COUNT)]
    result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stderr[-3000:]
    assert result.stderr == ""
    pictures, refusals, megabytes = map(int, result.stdout.split())
    assert pictures > 50 and refusals > 50
    assert megabytes < MEGABYTES


if __name__ == "__main__":
    search(int(sys.argv[1]), int(sys.argv[2]))
