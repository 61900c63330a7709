"""The files of BSR as Linux wants them laid out; the .deb and the AppDir are made of these."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import command_line

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ICONS = ROOT / "resources" / "icons"
ID = "io.github.bsr.BSR"

# File in this folder -> place below share/.
SHARED = {
    f"{ID}.desktop": "applications",
    f"{ID}.metainfo.xml": "metainfo",
    "bsr-dolphin.desktop": "kio/servicemenus",
    "bsr.nemo_action": "nemo/actions",
    "bsr_nautilus.py": "nautilus-python/extensions",
}


def lay_out(program: Path, root: Path) -> None:
    """Lay everything out below a folder that becomes /usr.

    Args:
        program: the built program, as build.py makes it.
        root: an empty folder, or one to be made.
    """
    shutil.copytree(program, root / "lib" / "bsr", symlinks=True)
    (root / "bin").mkdir()
    for name in ("bsr", "bsr-app"):
        (root / "bin" / name).symlink_to(f"../lib/bsr/{name}")
    share = root / "share"
    command_line.write(share)
    for name, place in SHARED.items():
        _copy(HERE / name, share / place / name)
    for icon in ICONS.glob("bsr-*.png"):
        size = icon.stem.removeprefix("bsr-")
        _copy(icon, share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{ID}.png")
    _copy(ICONS / "bsr.svg", share / "icons" / "hicolor" / "scalable" / "apps" / f"{ID}.svg")


def make_readable(root: Path) -> None:
    """Give files the modes of a system's: nobody but root writes, and libraries do not run."""
    for path in [root, *root.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or (path.stat().st_mode & 0o100 and ".so" not in path.name)
        path.chmod(0o755 if runs else 0o644)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    os.utime(target, (source.stat().st_atime, source.stat().st_mtime))
