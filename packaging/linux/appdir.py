"""Make the AppDir and the manifest of the Flatpak: `make appdir` (after `make package`).

    python packaging/linux/appdir.py [dist/bsr]

appimagetool turns it into an AppImage; the Flatpak is built from it too.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import tree

from bsr.identity import APP_ID

# A link will not do: the program is the window only where it is called `bsr-app`.
RUN = """\
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/usr/bin/bsr-app" "$@"
"""


def main() -> int:
    """Write dist/BSR.AppDir and the manifest beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path, nargs="?", default=tree.ROOT / "dist" / "bsr")
    program = parser.parse_args().program.resolve()
    make(program, program.parent / "BSR.AppDir")
    manifest = program.parent / f"{APP_ID}.yml"
    manifest.write_text(tree.filled("flatpak.yml.in"), encoding="utf-8")
    return 0


def make(program: Path, folder: Path) -> None:
    """Lay the AppDir out.

    Args:
        program: the built program.
        folder: is made; what was in it goes.
    """
    shutil.rmtree(folder, ignore_errors=True)
    tree.lay_out(program, folder / "usr")
    tree.make_readable(folder)
    share = folder / "usr" / "share"
    (folder / "AppRun").write_text(RUN)
    (folder / "AppRun").chmod(0o755)
    shutil.copy(share / "applications" / f"{APP_ID}.desktop", folder)
    icon = share / "icons" / "hicolor" / "256x256" / "apps" / f"{APP_ID}.png"
    shutil.copy(icon, folder)
    (folder / ".DirIcon").symlink_to(icon.name)


if __name__ == "__main__":
    sys.exit(main())
