"""Write dist/SHA256SUMS, the sums of all that lies there to be handed out.

python packaging/sums.py [dist]
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

NAME = "SHA256SUMS"


def write(folder: Path) -> None:
    """Write what `sha256sum --check` reads, for every file of a folder but those in folders."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != NAME)
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    (folder / NAME).write_text("".join(lines))


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))
