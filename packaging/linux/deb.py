"""Make a Debian package of the built program: `make deb` (after `make package`).

    python packaging/linux/deb.py [dist/bsr]

What it depends on is what its libraries ask for and the program does not bring.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import tree

from bsr.identity import MAINTAINER

sys.path.append(str(Path(__file__).resolve().parents[1]))
import sums
from debian import package_of
from hollow import needed_libraries

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# Debian 13 and Ubuntu 24.04 renamed these when the time got 64 bits.
RENAMED = {"libglib2.0-0", "libgtk-3-0"}
# Qt's theme of GTK is loaded only where GTK is.
OPTIONAL = ("libqgtk3.so",)
CONTROL = """\
Package: bsr
Version: {version}
Architecture: {architecture}
Section: graphics
Priority: optional
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: fonts-dejavu-core | fonts-noto-core
Suggests: python3-nautilus, libgtk-3-0
Description: Enlarge pictures on the processor alone
 BSR enlarges pictures two, three or four times (any factor from 1 to 8) with
 a binarized neural network, and needs no graphics card for it.  A window
 compares before and after; a command line does whole folders.
"""
COPYRIGHT = """\
BSR is under the MIT licence; models are under CC0-1.0.

{licence}

The licences of the libraries that the package contains are in
/usr/share/doc/bsr/licences.
"""
CHANGES = """\
bsr ({version}) unstable; urgency=medium

  * What changed is told in /usr/share/doc/bsr/CHANGELOG.md.gz.

 -- {maintainer}  {date}
"""
OVERRIDES = """\
# The libraries are those that the program was tested with.
bsr: embedded-library *
# NumPy's libraries break when they are stripped.
bsr: unstripped-binary-or-object *
# Bootloader and libraries find each other relative to themselves.
bsr: custom-library-search-path *
# The publisher puts an address of their own here.
bsr: bogus-mail-host *
bsr: bogus-mail-host-in-debian-changelog *
# They come so from the wheels.
bsr: library-not-linked-against-libc *
bsr: hardening-no-fortify-functions *
bsr: shared-library-lacks-prerequisites *
"""


def main() -> int:
    """Write dist/bsr_<version>_<architecture>.deb, and the sums anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path, nargs="?", default=tree.ROOT / "dist" / "bsr")
    program = parser.parse_args().program.resolve()
    told = subprocess.run(
        [program / "bsr", "--version"], check=True, capture_output=True, text=True
    )
    version = told.stdout.split()[1]
    architecture = ARCHITECTURES[platform.machine()]
    target = program.parent / f"bsr_{version}_{architecture}.deb"
    epoch = int((program / "bsr").stat().st_mtime)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "bsr"
        tree.lay_out(program, root / "usr")
        _document(root / "usr" / "share", version, epoch)
        tree.make_readable(root)
        _control(root, version, architecture, ", ".join(depends(root)))
        for path in [root, *root.rglob("*")]:
            os.utime(path, (epoch, epoch), follow_symlinks=False)
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", root, target]
        environment = os.environ | {"SOURCE_DATE_EPOCH": str(epoch)}
        subprocess.run(command, check=True, env=environment)
    sums.write(program.parent)
    return 0


def _document(share: Path, version: str, epoch: int) -> None:
    """Write what Debian wants to read, and compress the man pages."""
    documents = share / "doc" / "bsr"
    documents.mkdir(parents=True)
    licence = (tree.ROOT / "LICENSE").read_text()
    (documents / "copyright").write_text(COPYRIGHT.format(licence=licence))
    shutil.move(share.parent / "lib" / "bsr" / "licences", documents / "licences")
    (share.parent / "lib" / "bsr" / "licences").symlink_to("../../share/doc/bsr/licences")
    _compress(documents / "CHANGELOG.md.gz", (tree.ROOT / "CHANGELOG.md").read_bytes())
    date = formatdate(epoch)
    changes = CHANGES.format(version=version, maintainer=MAINTAINER, date=date)
    _compress(documents / "changelog.gz", changes.encode())
    for page in (share / "man").rglob("*.1"):
        _compress(page.with_name(page.name + ".gz"), page.read_bytes())
        page.unlink()
    overrides = share / "lintian" / "overrides" / "bsr"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(OVERRIDES)


def _compress(file: Path, content: bytes) -> None:
    file.write_bytes(gzip.compress(content, 9, mtime=0))


def _control(root: Path, version: str, architecture: str, libraries: str) -> None:
    """Write the package's description and the sums of its files."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    control = root / "DEBIAN"
    control.mkdir(mode=0o755)
    (control / "control").write_text(
        CONTROL.format(
            version=version,
            maintainer=MAINTAINER,
            architecture=architecture,
            depends=libraries,
            kilobytes=sum(file.stat().st_size for file in files) // 1024,
        )
    )
    lines = (f"{_md5(file)}  {file.relative_to(root)}\n" for file in files)
    (control / "md5sums").write_text("".join(lines))


def _md5(file: Path) -> str:
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def depends(root: Path) -> list[str]:
    """Return the Debian packages of the libraries that the program asks for and does not bring."""
    brought = {path.name for path in root.rglob("*") if ".so" in path.name}
    missing = {name for binary in _binaries(root) for name in needed_libraries(binary)} - brought
    packages = {package_of(name) for name in sorted(missing)} - {"libc6"}
    glibc = platform.libc_ver()[1]
    named = [f"{p} | {p}t64" if p in RENAMED else p for p in sorted(packages)]
    return [f"libc6 (>= {glibc})", *named]


def _binaries(root: Path) -> Iterator[Path]:
    """Yield the programs and libraries."""
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink() and path.name not in OPTIONAL:
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


if __name__ == "__main__":
    sys.exit(main())
