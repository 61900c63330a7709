"""Build the documents and check every link in them: `make docs`.

The pages are the repository's own Markdown, at the same relative places, so that links work here,
in a checkout and on the site alike.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "build" / "pages"
TAKEN = ("*.md", "docs/*", "LICENSE", "resources/screenshots/*", "training/curves/*")


def main() -> int:
    """Copy the pages and build the site; a link that leads nowhere fails it."""
    shutil.rmtree(PAGES, ignore_errors=True)
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *TAKEN]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in names.splitlines():
        if (ROOT / name).suffix in {".md", ".svg", ".png", ".jpg", ".json", ""}:
            (PAGES / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, PAGES / name)
    shutil.copy(ROOT / "resources" / "icons" / "bsr.svg", PAGES / "docs" / "figures")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    quiet = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(build, cwd=ROOT, env=quiet).returncode


if __name__ == "__main__":
    sys.exit(main())
