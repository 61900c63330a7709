"""Where compiled kernels are kept, and that no other code than today's comes out of it."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

import bsr.engine
from bsr.engine.kernels import binary_body, cache, float_conv, pointwise
from bsr.engine.kernels.kernel import kernel

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are POSIX's")
ENGINE = Path(bsr.engine.__file__).parent

TWICE_THREE_AND_ONE = """
import numpy as np
from bsr.engine.verification.kernel_checks import CHECKED_KERNELS
weights = np.zeros((7, 1, 3, 3), np.float32)
weights[:, :, 1, 1] = 3
convolved = CHECKED_KERNELS["conv3x3 float"].fast(
    np.full((1, 1, 1), 2, np.float32), weights, np.ones(7, np.float32)
)
print(int(convolved[0, 0, 0]))
"""


@pytest.fixture
def choose(monkeypatch, tmp_path):
    """Choose a folder with the user's cache at `user` and temporary files in `temporary`."""

    def choose(user, temporary=tmp_path):
        monkeypatch.delenv(cache.VARIABLE, raising=False)
        monkeypatch.setattr(cache, "user_folder", lambda kind: user)
        monkeypatch.setattr(cache.tempfile, "tempdir", str(temporary))
        cache.folder.cache_clear()
        return cache.folder()

    yield choose
    cache.folder.cache_clear()


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder of kernels for one test."""
    monkeypatch.setattr(cache, "folder", lambda: tmp_path / "kernels")


def python(code, folder, **environment):
    """What a new process prints that runs in a folder and finds the engine there, if it can."""
    environment = {**os.environ, cache.VARIABLE: str(folder / "cache"), **environment}
    environment["PYTHONPATH"] = str(folder)
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_users_cache_folder_is_made_and_used(choose, tmp_path):
    assert choose(tmp_path / "new" / "bsr").parent == tmp_path / "new" / "bsr" / "kernels"


def test_without_a_cache_folder_a_temporary_one_of_the_user_serves_every_start(choose, tmp_path):
    (tmp_path / "file").touch()
    folder = choose(tmp_path / "file" / "bsr")
    assert folder.parent.parent == tmp_path
    assert choose(tmp_path / "file" / "bsr") == folder


@POSIX
def test_a_folder_that_others_can_write_to_is_not_trusted(choose, tmp_path):
    (tmp_path / "file").touch()
    shared = choose(tmp_path / "file" / "bsr").parent
    assert shared.stat().st_mode & 0o777 == 0o700
    shared.chmod(0o777)
    assert choose(tmp_path / "file" / "bsr").parent != shared


@POSIX
def test_a_folder_that_others_could_exchange_is_not_trusted(choose, tmp_path):
    (tmp_path / "file").touch()
    everybodys = tmp_path / "tmp"
    everybodys.mkdir()
    everybodys.chmod(0o1777)
    own = choose(tmp_path / "file" / "bsr", everybodys).parent
    assert choose(tmp_path / "file" / "bsr", everybodys).parent == own
    everybodys.chmod(0o777)
    assert choose(tmp_path / "file" / "bsr", everybodys).parent != own


@POSIX
def test_a_link_in_the_place_of_the_folder_is_not_followed(choose, tmp_path):
    (tmp_path / "file").touch()
    own = choose(tmp_path / "file" / "bsr").parent
    own.rename(tmp_path / "elsewhere")
    own.symlink_to(tmp_path / "elsewhere")
    chosen = choose(tmp_path / "file" / "bsr").parent
    assert chosen != own and not chosen.is_symlink()
    assert not list((tmp_path / "elsewhere").iterdir())


@POSIX
def test_a_folder_of_somebody_else_is_not_trusted(choose, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    own = choose(tmp_path / "file" / "bsr").parent
    somebody_else = os.getuid() + 1
    monkeypatch.setattr(cache.os, "getuid", lambda: somebody_else)
    own.rename(tmp_path / f"bsr-kernels-{somebody_else}")
    chosen = choose(tmp_path / "file" / "bsr").parent
    assert chosen != tmp_path / f"bsr-kernels-{somebody_else}"


def test_the_environments_choice_is_left_alone(choose, monkeypatch, tmp_path):
    choose(tmp_path / "user")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    cache.folder.cache_clear()
    assert cache.folder().parent == tmp_path


def test_what_other_code_was_compiled_to_is_deleted_and_nothing_else(choose, tmp_path):
    now = choose(tmp_path / "bsr")
    installation, _, code = now.name.partition("-")
    older, other_installation = f"{installation}-{'0' * 16}", f"{'0' * 16}-{code}"
    precious = [f"{installation}-notes", other_installation, "unrelated", now.name]
    for name in (older, *precious):
        (now.parent / name).mkdir()
        (now.parent / name / "file").touch()
    (now.parent / f"{installation}-{'1' * 16}").write_text("a file")
    (now.parent / f"{installation}-{'2' * 16}").symlink_to(tmp_path / "bsr")
    before = set(now.parent.rglob("*"))
    assert choose(tmp_path / "bsr") == now
    gone = before - set(now.parent.rglob("*"))
    assert gone == {now.parent / older, now.parent / older / "file"}


def test_the_name_tells_the_sources_numba_and_the_processor_apart(choose, tmp_path, monkeypatch):
    before = choose(tmp_path)
    assert choose(tmp_path) == before
    for place, name, value in (
        ("numba", "__version__", "0"),
        ("bsr.engine.kernels.cache", "processor_name", lambda: "another"),
        ("bsr.engine.kernels.cache", "processor_features", lambda: ["sse"]),
        ("bsr.engine.kernels.cache", "_HERE", ENGINE),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"{place}.{name}", value)
            assert choose(tmp_path) != before


def test_a_kernel_is_compiled_anew_when_a_helper_in_another_file_changes(tmp_path):
    package = tmp_path / "bsr"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copytree(ENGINE, package / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    assert python(TWICE_THREE_AND_ONE, tmp_path) == ["7"]
    assert len(list((tmp_path / "cache").iterdir())) == 1
    simd = package / "engine" / "kernels" / "simd.py"
    code = simd.read_text()
    right, wrong = "_fused(builder, value, inputs, ", "_fused(builder, inputs, inputs, "
    assert code.count(right) == 1
    simd.write_text(code.replace(right, wrong))
    assert python(TWICE_THREE_AND_ONE, tmp_path) == ["5"]
    assert len(list((tmp_path / "cache").iterdir())) == 1  # the old code is gone


def test_every_kernel_is_kept_in_the_folder():
    modules = (binary_body, float_conv, pointwise)
    kernels = [kernel for module in modules for kernel in vars(module).values()]
    cached = [kernel for kernel in kernels if getattr(kernel, "stats", None)]
    places = {kernel.stats.cache_path for kernel in cached if kernel.stats.cache_path}
    assert places == {str(cache.folder())}


def test_importing_the_engine_changes_no_environment_and_no_other_kernels_place(tmp_path):
    (tmp_path / "theirs.py").write_text(
        "import numba\n@numba.njit(cache=True)\ndef double(x):\n    return 2 * x\n"
    )
    code = """
import os
before = dict(os.environ)
import bsr.engine.upscaling.upscale, theirs
print(dict(os.environ) == before, theirs.double.stats.cache_path)
"""
    beside = str(tmp_path / "__pycache__")
    assert python(code, tmp_path, NUMBA_CACHE_DIR="") == ["True", beside]


def test_a_settings_file_in_the_working_directory_changes_nothing(tmp_path):
    code = """
from bsr.engine.kernels.float_conv import conv3x3_float
from numba.core import config
config.reload_config()  # as the compiler does
kind = type(conv3x3_float).__name__
print(kind, config.DISABLE_JIT, repr(config.CACHE_DIR), config.DEBUG_CACHE)
"""
    settings = "disable_jit: 1\ncache_dir: planted\ndebug_cache: 1\n"
    (tmp_path / ".numba_config.yaml").write_text(settings)
    told = python(code + TWICE_THREE_AND_ONE, tmp_path, NUMBA_CACHE_DIR="")
    assert told == ["CPUDispatcher", "0", "''", "0", "7"]
    assert not (tmp_path / "planted").exists()


def test_numba_keeps_what_a_host_program_has_told_it(tmp_path):
    code = """
import numba
before = numba.config._config_fname
import bsr.engine.upscaling.upscale
print(numba.config._config_fname == before)
"""
    assert python(code, tmp_path) == ["True"]


def test_being_ready_is_remembered(own):
    assert not cache.is_ready()
    cache.set_ready()
    assert cache.is_ready()


def test_a_folder_that_cannot_be_written_forgets(own, tmp_path):
    (tmp_path / "kernels").touch()
    cache.set_ready()
    assert not cache.is_ready()


def doubled(number):
    return 2 * number


@pytest.mark.parametrize("nowhere", ["file/kernels", "k" * 300])
def test_code_that_cannot_be_kept_runs_all_the_same(choose, monkeypatch, tmp_path, nowhere):
    (tmp_path / "file").touch()
    choose(tmp_path)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / nowhere))
    cache.folder.cache_clear()
    assert kernel(doubled)(2) == 4


@contextmanager
def full_disk():
    """No file of this process may take a byte, for as long as the context lasts."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@POSIX
def test_a_full_disk_under_the_folder_stops_no_kernel(own):
    with full_disk():
        assert kernel(doubled)(2) == 4
    assert kernel(doubled)(2) == 4


@pytest.mark.parametrize("kept", ["*.nbi", "*.nbc"])
@pytest.mark.parametrize("left", [b"", b"\0" * 500])
def test_code_that_a_power_cut_has_spoiled_is_compiled_anew(own, kept, left):
    folder = cache.folder()
    folder.mkdir()
    assert kernel(doubled)(2) == 4
    files = [*folder.glob(kept)]
    for file in files:
        file.write_bytes(left)
    assert kernel(doubled)(2) == 4
    assert files and all(file.read_bytes() != left for file in files)
