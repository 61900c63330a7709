"""What is known of the machine."""

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


def test_the_processor_has_a_name_cores_and_features():
    assert machine.processor_name()
    assert machine.cores() >= 1
    assert machine.processor_features() == sorted(machine.processor_features())
