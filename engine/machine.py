"""What this machine is: processor, cores, memory."""

from __future__ import annotations

import math
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import psutil

NICENESS = 10  # added to the priority number of threads and processes that give way to others
# Where Linux keeps a container's limits, and says in which groups a process is; absent elsewhere.
CONTROL_GROUP = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")
# Limit, use, and the cached files in memory.stat, of the second version of control groups and of
# the first.
_SECOND = ("memory.max", "memory.current", "inactive_file")
_FIRST = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


@dataclass(frozen=True)
class Memory:
    """Main memory in bytes, within the limits of a container where there is one."""

    total: int
    available: int


def memory(control_group: Path = CONTROL_GROUP, membership: Path = MEMBERSHIP) -> Memory:
    """Measure the memory that this process may use.

    Args:
        control_group: folder of the containers' limits.
        membership: file that names the groups of this process.
    """
    machine = psutil.virtual_memory()
    total, available = machine.total, machine.available
    limits = _group_limits(control_group, membership, machine.total)
    for limit, free in [*limits, *_process_limits()]:
        total, available = min(total, limit), min(available, free)
    return Memory(total, max(0, available))


@lru_cache(maxsize=2)  # asked for again and again, and a process stays in its groups
def _groups(root: Path, membership: Path, controller: str) -> list[tuple[Path, bool]]:
    """Return (folder, whether it is of the first version) of every group this process is in."""
    paths: dict[str, list[str]] = {}
    with suppress(OSError):
        for line in membership.read_text().splitlines():
            controllers, _, path = line.partition(":")[2].partition(":")
            kind = controller if controller in controllers.split(",") else controllers
            paths[kind] = [part for part in path.split("/") if part not in ("", "..")]
    groups = []
    # A container may see its own group as the root, and its name as outside still call it.
    for folder, kind, first in (
        (root, "", False),
        (root / "unified", "", False),
        (root / controller, controller, True),
    ):
        own = folder.joinpath(*paths.get(kind, ()))
        places = {folder, own, *own.parents} - {*folder.parents}
        groups += [(place, first) for place in places if place.is_dir()]
    return groups


def _group_limits(root: Path, membership: Path, total: int) -> Iterator[tuple[int, int]]:
    """Yield (limit, what is left of it) of every group that this process is in.

    Args:
        root: folder of the containers' limits.
        membership: file that names the groups of this process.
        total: bytes of the machine; a limit beyond them is none, as the first version writes it.
    """
    for folder, first in _groups(root, membership, "memory"):
        maximum, current, cached = _FIRST if first else _SECOND
        with suppress(OSError, ValueError):  # no such group, or "max": no limit
            limit = int((folder / maximum).read_text())
            if limit <= total:
                used = int((folder / current).read_text())
                lines = (folder / "memory.stat").read_text().splitlines()
                statistics = dict(line.split() for line in lines)
                # Cached files count as used, but are given back when memory is wanted.
                yield limit, limit - used + int(statistics.get(cached, 0))


def _process_limits() -> Iterator[tuple[int, int]]:
    """Yield (limit, what is left of it) of the limits that a shell sets with `ulimit`."""
    if sys.platform == "win32":
        return
    import resource

    for name, kind in (("RLIMIT_AS", "vms"), ("RLIMIT_DATA", "data")):
        limit = resource.getrlimit(getattr(resource, name))[0]
        if limit != resource.RLIM_INFINITY:
            yield limit, limit - getattr(psutil.Process().memory_info(), kind, 0)


def cores() -> int:
    """Count the logical cores that this process may use, whole ones of what a container allows."""
    affinity = hasattr(os, "sched_getaffinity")
    allowed = len(os.sched_getaffinity(0)) if affinity else os.cpu_count() or 1
    return min(allowed, core_limit(CONTROL_GROUP, MEMBERSHIP) or allowed)


@lru_cache(maxsize=1)
def core_limit(control_group: Path, membership: Path) -> int | None:
    """Return how many cores a container may keep busy at once, rounded up; None for no limit.

    Args:
        control_group: folder of the containers' limits.
        membership: file that names the groups of this process.
    """
    limits = []
    for folder, first in _groups(control_group, membership, "cpu"):
        with suppress(OSError, ValueError, ZeroDivisionError):  # no such group, or "max": no limit
            if first:
                names = ("cpu.cfs_quota_us", "cpu.cfs_period_us")
                quota, period = (int((folder / name).read_text()) for name in names)
            else:
                quota, period = map(int, (folder / "cpu.max").read_text().split())
            if quota > 0:
                limits.append(math.ceil(quota / period))
    return min(limits, default=None)


def physical_cores() -> int | None:
    """Count the cores without their second threads; None where the system does not tell."""
    count: int | None = psutil.cpu_count(logical=False)
    return count


def processor_name() -> str:
    """Return the processor's name as its maker writes it, where the system tells."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            key, _, value = line.partition(":")
            if key.strip() == "model name":
                return value.strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def processor_features() -> list[str]:
    """List the instruction sets that the kernels are compiled for, as LLVM names them."""
    from llvmlite import binding

    return sorted(name for name, present in binding.get_host_cpu_features().items() if present)
