"""What is known of the machine."""

import subprocess
import sys
from pathlib import Path

import pytest

from bsr.engine import machine


def limits(folder, maximum, current=0, cached=0):
    (folder / "memory.max").write_text(f"{maximum}\n")
    (folder / "memory.current").write_text(f"{current}\n")
    (folder / "memory.stat").write_text(f"anon 5\ninactive_file {cached}\n")
    return folder


def test_memory_is_that_of_the_machine_without_a_container(tmp_path):
    memory = machine.memory(tmp_path)
    assert 0 < memory.available <= memory.total


def test_a_container_without_limit_has_the_memory_of_the_machine(tmp_path):
    assert machine.memory(limits(tmp_path, "max")).total == machine.memory(tmp_path / "no").total


def test_a_container_s_limit_counts_and_its_cached_files_are_free(tmp_path):
    memory = machine.memory(limits(tmp_path, 10_000_000, current=7_000_000, cached=2_000_000))
    assert memory == machine.Memory(10_000_000, 5_000_000)


def test_a_full_container_has_no_memory_left(tmp_path):
    assert machine.memory(limits(tmp_path, 1000, current=3000)).available == 0


def test_a_limit_beyond_the_memory_of_the_machine_is_none(tmp_path):
    """The first version of control groups has no word for that, and writes the largest number."""
    full = limits(tmp_path, (1 << 63) - 4096, current=(1 << 63) - 4096)
    memory = machine.memory(full)
    assert memory.total == machine.memory(tmp_path / "no").total and memory.available > 0


def first_version(folder, maximum, current=0, cached=0):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "memory.limit_in_bytes").write_text(f"{maximum}\n")
    (folder / "memory.usage_in_bytes").write_text(f"{current}\n")
    (folder / "memory.stat").write_text(f"inactive_file 1\ntotal_inactive_file {cached}\n")


def test_the_limit_of_a_group_of_the_first_version_counts(tmp_path):
    first_version(tmp_path / "memory", 10_000_000, current=7_000_000, cached=2_000_000)
    assert machine.memory(tmp_path) == machine.Memory(10_000_000, 5_000_000)


@pytest.mark.parametrize("line", ["0::/a/b", "9:memory:/a/b"])
def test_the_smallest_limit_of_the_groups_above_counts(tmp_path, line):
    (tmp_path / "membership").write_text(f"3:cpu:/other\n{line}\n")
    first = "memory" in line
    folder = tmp_path / "memory" if first else tmp_path
    write = first_version if first else limits
    for group, limit in (("a/b", 9_000_000), ("a", 8_000_000), ("other", 7)):
        (folder / group).mkdir(parents=True, exist_ok=True)
        write(folder / group, limit)
    assert machine.memory(tmp_path, tmp_path / "membership").total == 8_000_000


@pytest.mark.parametrize("text", ["0::/../../outside\n", "nonsense\n", "0::\n"])
def test_a_group_that_lies_outside_is_passed_over(tmp_path, text):
    (tmp_path / "membership").write_text(text)
    limits(tmp_path, 10_000_000)
    assert machine.memory(tmp_path, tmp_path / "membership").total == 10_000_000


@pytest.mark.parametrize("name", ["RLIMIT_AS", "RLIMIT_DATA"])
def test_a_limit_of_the_process_counts(name):
    resource = pytest.importorskip("resource")
    code = (
        "import resource; from engine import machine;"
        f"resource.setrlimit(resource.{name}, (2 << 30, 2 << 30));"
        "memory = machine.memory(); print(memory.total, memory.available)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    total, available = map(int, done.stdout.split())
    assert total <= 2 << 30 and available < total
    assert resource.getrlimit(getattr(resource, name))[0] == resource.RLIM_INFINITY


def test_the_processor_has_a_name_cores_and_features():
    assert machine.processor_name()
    assert machine.cores() >= 1
    assert machine.processor_features() == sorted(machine.processor_features())


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("max 100000", None),
        ("200000 100000", 2),
        ("150000 100000", 2),
        ("1000 100000", 1),
        ("0 0", None),
        ("", None),
    ],
)
def test_a_container_s_share_of_the_cores_counts(tmp_path, text, limit):
    (tmp_path / "cpu.max").write_text(text)
    assert machine.core_limit(tmp_path, tmp_path / "none") == limit


def test_the_smallest_share_of_the_groups_of_either_version_counts(tmp_path):
    (tmp_path / "membership").write_text("4:cpu,cpuacct:/a\n0::/b\n")
    (tmp_path / "cpu" / "a").mkdir(parents=True)
    (tmp_path / "cpu" / "a" / "cpu.cfs_quota_us").write_text("250000")
    (tmp_path / "cpu" / "a" / "cpu.cfs_period_us").write_text("50000")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "cpu.max").write_text("700000 100000")
    (tmp_path / "cpu.max").write_text("900000 100000")
    assert machine.core_limit(tmp_path, tmp_path / "membership") == 5
    (tmp_path / "cpu" / "a" / "cpu.cfs_quota_us").write_text("-1")
    machine.core_limit.cache_clear()
    assert machine.core_limit(tmp_path, tmp_path / "membership") == 7


def test_no_more_cores_are_used_than_a_container_allows(monkeypatch):
    monkeypatch.setattr(machine, "core_limit", lambda *_: 1)
    assert machine.cores() == 1
