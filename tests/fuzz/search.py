"""Look for a file that makes a reader fail: `python -P -W error -m tests.fuzz.search COUNT SEED`.

Every mutant has to give a picture or one sentence, from the header as from the whole file, in
little time and memory; what is read has to be what was announced, and has to be writable.
"""

import json
import random
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from bsr.engine import ImageFileError
from bsr.engine.images import FORMATS, probe, read_picture, thumbnail, write_picture
from tests.fuzz.mutants import mutant
from tests.fuzz.seeds import seeds

SECONDS, ADDRESS_SPACE = 5, 6 << 30
WRITABLE_PIXELS = 1 << 20


def examine(path, written, format):
    """Look at a file in every way; whether it is a picture.

    Raises:
        AssertionError: it misbehaves.
    """
    info = picture = None
    try:
        info = probe(path)
    except ImageFileError as error:
        _check_sentence(error, path)
    try:
        picture = read_picture(path)
    except ImageFileError as error:
        _check_sentence(error, path)
    if picture is None:
        return False
    assert info is not None, "read, but not announced"
    announced = (info.height, info.width, info.bits, info.grey)
    read = (picture.height, picture.width, picture.bits, picture.grey)
    assert announced == read, "announced otherwise"
    assert thumbnail(path, 16).shape[0] <= 16
    if picture.height * picture.width <= WRITABLE_PIXELS:
        try:
            write_picture(picture, written, format=format)
            again = read_picture(written)
            assert (again.height, again.width) == (picture.height, picture.width)
        except ImageFileError as error:
            assert "HDR" in str(error) or "holds at most" in str(error), str(error)
    return True


def search(count, seed):
    """Examine `count` mutants, as many of each kind; kind -> [pictures, sentences]."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    chance, counts = random.Random(seed), Counter()
    with tempfile.TemporaryDirectory() as folder:
        path, written = Path(folder) / "mutant", Path(folder) / "written"
        files = seeds(Path(folder))
        kinds = sorted(files)
        for number in range(count):
            kind = kinds[number % len(kinds)]
            data = mutant(kind, chance.choice(files[kind]), chance)
            path.write_bytes(data)
            start = time.process_time()
            try:
                counts[kind, examine(path, written, chance.choice(list(FORMATS)))] += 1
                assert time.process_time() - start < SECONDS, "too slow"
            except BaseException as error:
                kept = Path(tempfile.gettempdir()) / f"bsr-mutant-{seed}-{number}"
                kept.write_bytes(data)
                raise AssertionError(f"{kind} {number}: {kept} {data[:3000].hex()}") from error
    return {kind: [counts[kind, True], counts[kind, False]] for kind in kinds}


def _check_sentence(error, path):
    assert str(error).startswith(str(path)) and str(error).endswith(".") and "\n" not in str(error)


if __name__ == "__main__":
    found = search(int(sys.argv[1]), int(sys.argv[2]))
    # Not ru_maxrss, which a process inherits from the one that started it.
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(json.dumps({"kinds": found, "megabytes": int(peak[1]) >> 10}))
