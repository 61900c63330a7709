"""What this machine is: processor, cores, memory."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

import psutil

# Where Linux keeps a container's limits; absent elsewhere.
CONTROL_GROUP = Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Memory:
    """Main memory in bytes, within the limits of a container where there is one."""

    total: int
    available: int


def memory(control_group: Path = CONTROL_GROUP) -> Memory:
    """Measure the memory that this process may use.

    Args:
        control_group: folder of the container's limits.
    """
    machine = psutil.virtual_memory()
    try:
        limit = int((control_group / "memory.max").read_text())
        used = int((control_group / "memory.current").read_text())
        statistics = dict(
            line.split() for line in (control_group / "memory.stat").read_text().splitlines()
        )
    except (OSError, ValueError):  # no container, or "max": no limit
        return Memory(machine.total, machine.available)
    # Cached files count as used, but are given back when memory is wanted.
    free = limit - used + int(statistics.get("inactive_file", 0))
    return Memory(min(machine.total, limit), max(0, min(machine.available, free)))


def cores() -> int:
    """Count the logical cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
