"""The files of BSR as Linux wants them laid out; the .deb and the AppDir are made of these."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import command_line

from bsr.identity import APP_ID, PUBLISHER

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ICONS = ROOT / "resources" / "icons"

# File in this folder -> place below share/.  Those that end in .in name the publisher.
SHARED = {
    "bsr.desktop.in": f"applications/{APP_ID}.desktop",
    "bsr.metainfo.xml.in": f"metainfo/{APP_ID}.metainfo.xml",
    "bsr-dolphin.desktop.in": "kio/servicemenus/bsr-dolphin.desktop",
    "bsr.nemo_action.in": "nemo/actions/bsr.nemo_action",
    "bsr_nautilus.py": "nautilus-python/extensions/bsr_nautilus.py",
}


def filled(name: str) -> str:
    """Return a file of this folder with the names of bsr.identity in their places."""
    text = (HERE / name).read_text(encoding="utf-8")
    names = {"@APP_ID@": APP_ID, "@PUBLISHER@": PUBLISHER}
    names["@PUBLISHER_ID@"] = APP_ID.rpartition(".")[0]
    for place, value in names.items():
        text = text.replace(place, value)
    return text


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
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        (share / place).write_text(filled(name), encoding="utf-8")
    for icon in ICONS.glob("bsr-*.png"):
        size = icon.stem.removeprefix("bsr-")
        _copy(icon, share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{APP_ID}.png")
    _copy(ICONS / "bsr.svg", share / "icons" / "hicolor" / "scalable" / "apps" / f"{APP_ID}.svg")


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
