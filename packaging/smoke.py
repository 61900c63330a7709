"""Try the BUILT program as a stranger's machine would: `make smoke` (after `make package`).

    xvfb-run -a python packaging/smoke.py [dist/bsr]

An empty HOME, a working directory full of traps, a read-only cache folder, a path in another
script.  Every check prints a line; the first that fails ends the program with its reason.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from bsr import __version__, default_catalog, read_picture, upscale
from bsr.engine.images import write_picture

ROOT = Path(__file__).resolve().parent.parent
SAMPLES, KERNELS = ROOT / "resources" / "samples", ROOT / "engine" / "kernels"
WARM_START_SECONDS = 2.5
BAIT = ("argparse", "bsr", "cv2", "numba", "numpy", "PIL", "PySide6", "sitecustomize")


class Machine:
    """A home, a working directory with traps, and the program."""

    def __init__(self, program: Path, folder: Path) -> None:
        """Lay everything out.

        Args:
            program: the folder of the built program.
            folder: an empty folder for the whole machine.
        """
        self.program, self.home = program, folder / "home"
        self.work = folder / "Рабочая папка 图片"
        self.traces = folder / "traces"
        for each in (self.home, self.work, self.traces):
            each.mkdir()
        for name in BAIT:
            trace = self.traces / name
            (self.work / f"{name}.py").write_text(f"open({str(trace)!r}, 'w').close()\n")
        # Numba's own folder of machine code, beside the sources, as an attacker would plant it.
        (self.work / "__pycache__").mkdir()
        for kernel in KERNELS.glob("[a-z]*.py"):
            index = self.work / "__pycache__" / f"{kernel.stem}.conv-1.py311.nbi"
            index.write_bytes(b"cos\nsystem\n(S'touch traces'\ntR.")
        keep = ("PATH", "DISPLAY", "XAUTHORITY", "LANG", "SYSTEMROOT", "TEMP")
        self.environment = {name: os.environ[name] for name in keep if name in os.environ}
        homes = {name: str(self.home) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA")}
        self.environment |= {**homes, "LC_ALL": "C.UTF-8"}

    def run(self, *arguments: object, **variables: str) -> str:
        """Run the command line in the working directory; return what it prints."""
        command = [str(self.program / "bsr"), *map(str, arguments)]
        environment = self.environment | variables
        done = subprocess.run(
            command, cwd=self.work, env=environment, capture_output=True, text=True, timeout=600
        )
        require(done.returncode == 0, f"{command} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def files_touched(self, *arguments: object) -> list[str]:
        """Run the command line; return every file of the working directory that it opened."""
        trace = self.traces / "strace"
        command = ["strace", "-f", "-qq", "-e", "trace=open,openat,execve", "-o", trace]
        command += [self.program / "bsr", *arguments]
        subprocess.run(
            [str(part) for part in command],
            cwd=self.work,
            env=self.environment,
            check=True,
            capture_output=True,
            timeout=600,
        )
        names = ("__pycache__", ".pyc", ".nbi", ".nbc", *(f'"{bait}.py"' for bait in BAIT))
        text = trace.read_text(errors="replace")
        trace.unlink()
        return [
            line
            for line in text.splitlines()
            if any(name in line for name in names) and str(self.home) not in line
            and str(self.program) not in line and "/tmp/bsr-kernels-" not in line
        ]  # fmt: skip


def require(truth: bool, reason: str) -> None:
    """End the program unless something holds."""
    if not truth:
        sys.exit(f"FAILED: {reason}")


def versions_agree(machine: Machine) -> None:
    """Check that `bsr --version` says what the sources say."""
    require(machine.run("--version").split() == ["bsr", __version__], "another version")


def kernels_are_right(machine: Machine) -> None:
    """Check that `bsr selftest` passes, compiling on the way."""
    machine.run("selftest")


def bytes_are_those_of_the_sources(machine: Machine) -> None:
    """Compare one picture by the built program and by the sources."""
    shutil.copy(SAMPLES / "cat.png", machine.work / "кошка 猫.png")
    machine.run("upscale", "кошка 猫.png", "--output", "built.png")
    catalog = default_catalog()
    larger = upscale(catalog.load(catalog.choose(scale=4)), read_picture(SAMPLES / "cat.png"))
    expected = machine.work / "sources.png"
    write_picture(larger, expected)
    same = (machine.work / "built.png").read_bytes() == expected.read_bytes()
    require(same, "the built program enlarges otherwise than the sources")


def a_batch_runs(machine: Machine) -> None:
    """Enlarge five files, to and from a path in another script."""
    folder, results = machine.work / "много", machine.work / "结果"
    folder.mkdir()
    with Image.open(SAMPLES / "coffee.png") as picture:
        small = picture.convert("RGB").resize((64, 48))
    for number in range(4):
        small.save(folder / f"снимок {number}.jpg")
    small.convert("L").save(folder / "grey.png")
    machine.run("batch", folder, "-o", results, "--scale", "2")
    made = [path for path in results.iterdir() if not path.name.startswith(".")]
    require(len(made) == 5, f"{len(made)} results of five")
    with Image.open(made[0]) as result:
        require(result.size == (128, 96), "a result of the wrong size")


def a_read_only_cache_is_no_hindrance(machine: Machine) -> None:
    """Check that a temporary folder takes the place of a cache that cannot be written."""
    cache = machine.home.parent / "not a folder"
    cache.write_text("a file where the cache folder should be, which root cannot write into either")
    machine.run("upscale", "built.png", "--output", "twice.png", "--scale", "2",
                XDG_CACHE_HOME=str(cache), TMPDIR=str(machine.traces))  # fmt: skip
    left = list(machine.traces.glob("bsr-kernels-*"))
    require(len(left) == 1, "the kernels were kept elsewhere")
    shutil.rmtree(left[0])


def a_warm_start_is_quick(machine: Machine) -> None:
    """Check that the second start of the command line compiles nothing."""
    indexes = sorted(machine.home.rglob("*.nbi"))
    require(bool(indexes), "nothing was kept in the user's cache")
    before = [path.stat().st_mtime_ns for path in indexes]
    # Processor time: what else the machine does meanwhile is not the program's doing.
    seconds = _seconds(machine, "upscale", "много/grey.png")
    require([path.stat().st_mtime_ns for path in indexes] == before, "kernels compiled again")
    require(seconds < WARM_START_SECONDS, f"a warm start took {seconds:.1f} s")
    print(f"    {seconds:.2f} s of processor time")


def _seconds(machine: Machine, *arguments: object) -> float:
    """Run the command line; return the processor time that it took."""
    before = os.times()
    machine.run(*arguments)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def nothing_is_read_from_the_working_directory(machine: Machine) -> None:
    """Check that no module, byte code or machine code that lies there is opened."""
    touched = machine.files_touched("upscale", "много/grey.png", "--output", "traced.png")
    require(not touched, f"opened: {touched}")
    require(not any(machine.traces.iterdir()), "something from the working directory ran")


def the_window_opens(machine: Machine) -> None:
    """Check that the window compiles in a child process, shows a dropped picture, opens warm."""
    from smoke_window import drive_window

    cache = machine.home.parent / "cache"
    environment = machine.environment | {"XDG_CACHE_HOME": str(cache)}
    program = machine.program / "bsr-app"
    drive_window(program, machine.work, environment, require, WARM_START_SECONDS)


Check = Callable[[Machine], None]
ON_EVERY_SYSTEM: tuple[Check, ...] = (
    versions_agree,
    kernels_are_right,
    bytes_are_those_of_the_sources,
    a_batch_runs,
)
ON_LINUX: tuple[Check, ...] = (
    a_read_only_cache_is_no_hindrance,
    a_warm_start_is_quick,
    nothing_is_read_from_the_working_directory,
    the_window_opens,
)


def main() -> int:
    """Run every check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", type=Path, nargs="?", default=ROOT / "dist" / "bsr")
    parser.add_argument("--command-line", action="store_true", help="without the window")
    args = parser.parse_args()
    program = args.program.resolve()
    with tempfile.TemporaryDirectory() as folder:
        machine = Machine(program, Path(folder))
        for check in ON_EVERY_SYSTEM if args.command_line else ON_EVERY_SYSTEM + ON_LINUX:
            print(f"{check.__doc__}", flush=True)
            check(machine)
    print("The built program works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
