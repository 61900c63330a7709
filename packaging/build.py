"""Build the program that runs without Python: `make package`.

    python packaging/build.py [--target dist] [--unpacked]

From a wheel of this checkout to dist/bsr (the program), bsr-<version>-<system>.tar.xz, its bill of
materials and SHA256SUMS.  packaging/README.md says in what two builds of one commit differ.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import debian
import hollow
import licences
import sbom
import sums

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
WORK = ROOT / "build"


def main() -> int:
    """Build everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=ROOT / "dist")
    parser.add_argument("--unpacked", action="store_true", help="make no archive, which takes long")
    args = parser.parse_args()
    target = args.target.resolve()
    target.mkdir(parents=True, exist_ok=True)
    epoch = commit_time()
    wheel = build_wheel(WORK / "wheel", epoch)
    version = wheel.name.split("-")[1]
    folder = freeze(install(wheel, WORK / "site"), target, epoch)
    sources = (WORK / "pyinstaller/bsr/sources.txt").read_text().split("\n")
    shipped, system = licences.distributions(sources), debian.packages(sources)
    licences.collect(shipped, system, folder / "licences")
    shutil.copy(ROOT / "LICENSE", folder / "licences" / "BSR.txt")
    if sys.platform == "linux":
        strip_compiler(folder)
        hollow_opencv(folder)
    set_times(folder, epoch)
    name = f"bsr-{version}-{sys.platform}-{platform.machine().lower()}"
    made = [sbom.write(target / f"{name}.cdx.json", version, shipped, system, epoch)]
    made.append(Path(shutil.copy(wheel, target)))
    if not args.unpacked:
        made.append(pack(folder, target / f"{name}.tar.xz", epoch))
    sums.write(target)
    for path in (folder, *made):
        print(f"{path}: {_bytes(path) / 1e6:.1f} MB")
    return 0


def commit_time() -> int:
    """Return when the commit was made, in seconds since 1970: the time of every file."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return int(os.environ["SOURCE_DATE_EPOCH"])
    command = ["git", "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def build_wheel(folder: Path, epoch: int) -> Path:
    """Return the wheel of this checkout, built in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    # What an earlier build left there would get into the wheel.
    for left in (WORK / "lib", WORK / f"bdist.{sys.platform}-{platform.machine()}"):
        shutil.rmtree(left, ignore_errors=True)
    _pip(epoch, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    [wheel] = folder.iterdir()
    return wheel


def install(wheel: Path, site: Path) -> Path:
    """Unpack the wheel where PyInstaller looks first; return that folder."""
    shutil.rmtree(site, ignore_errors=True)
    _pip(0, "install", "--no-deps", "--no-index", "--no-compile", "--target", site, wheel)
    return site


def freeze(site: Path, target: Path, epoch: int) -> Path:
    """Run PyInstaller; return the program's folder."""
    environment = _environment(epoch) | {"PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "PyInstaller", HERE / "bsr.spec", "--noconfirm", "--clean"]
    command += ["--log-level", "WARN", "--distpath", target, "--workpath", WORK / "pyinstaller"]
    subprocess.run(command, cwd=HERE, env=environment, check=True)
    folder = target / "bsr"
    if sys.platform == "linux":
        (folder / "bsr-app").symlink_to("bsr")
    return folder


def strip_compiler(folder: Path) -> None:
    """Take the symbols out of LLVM; NumPy's libraries break when they are stripped."""
    for library in folder.rglob("libllvmlite.so"):
        subprocess.run(["strip", "--strip-unneeded", library], check=True)


def hollow_opencv(folder: Path) -> None:
    """Take the libraries out that OpenCV is linked to and BSR never enters."""
    libraries = folder / "_internal" / hollow.LIBRARIES
    hollow.hollow_out(folder / "_internal" / hollow.OPENCV, libraries)
    for link in libraries.parent.iterdir():
        if link.is_symlink() and not link.exists():
            link.unlink()


def set_times(folder: Path, epoch: int) -> None:
    """Give every file the time of the commit; Numba keeps kernels by the time of their source."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            os.utime(path, (epoch, epoch))


def pack(folder: Path, archive: Path, epoch: int) -> Path:
    """Write the folder into an archive, sorted, as nobody's files."""

    def anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = epoch
        return entry

    with tarfile.open(archive, "w:xz", preset=6) as packed:
        for path in sorted([folder, *folder.rglob("*")]):
            name = Path(folder.name) / path.relative_to(folder)
            packed.add(path, str(name), recursive=False, filter=anonymous)
    return archive


def _bytes(path: Path) -> int:
    """Return the size of a file, or of all files in a folder."""
    return sum(each.lstat().st_size for each in (path, *path.rglob("*")) if not each.is_dir())


def _environment(epoch: int) -> dict[str, str]:
    """Return an environment in which builds repeat."""
    return {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(epoch)}


def _pip(epoch: int, *arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    command += [str(argument) for argument in arguments]
    environment = _environment(epoch) if epoch else None
    subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    sys.exit(main())
