"""The binary kernel in the language of processors that this machine is not."""

import os
import subprocess
import sys

import pytest
from llvmlite import binding

from bsr.engine.kernels.target import TARGET, Target

binding.initialize_all_targets()
binding.initialize_all_asmprinters()

# Lowers the kernel for a target and writes its assembly; nothing is run.
COMPILE = """
import sys
import bsr.engine.kernels.target as target
from llvmlite import binding
binding.initialize_all_targets()
binding.initialize_all_asmprinters()
target.TARGET = target.Target(*sys.argv[1:])
from numba.core.compiler import Flags, compile_extra
from numba.core.registry import cpu_target
from bsr.engine.kernels.binary_body import compute_block
from bsr.engine.kernels.rings import Shape, new_rings, new_scratch
from bsr.engine.models.zero_weights import zero_weight_network
import numba
config = {"precision": "binary", "convolutions": 1, "channels": 32, "scale": 2}
tables = zero_weight_network("light", config).runs[0].tables
shape = Shape(0, 8, 8, 1, 8, 1)
memory = new_rings(tables, shape, 1, [False]), new_scratch(tables)
kinds = tuple(map(numba.typeof, (0, 0, tables, *memory, shape)))
flags = Flags()
flags.no_compile, flags.nrt = True, True
made = compile_extra(
    cpu_target.typing_context, cpu_target.target_context, compute_block.py_func, kinds, None,
    flags, {},
)
print(target.TARGET.assembly(made.library.get_llvm_str()))
"""

# Compiles the kernel for narrower registers than this machine's and runs it.
CHECK = """
import sys
import numpy as np
from bsr.engine.kernels.simd import LANES
from bsr.engine.verification.kernel_checks import CHECKED_KERNELS
assert LANES == int(sys.argv[1])
kernel = CHECKED_KERNELS["binary body"]
for seed, shape in enumerate([(32, 3, 5), (32, 4, 65), (32, 2, 300), (64, 33, 17)]):
    assert kernel.error(kernel.case(np.random.default_rng(seed), *shape)) == 0, shape
"""


@pytest.fixture(scope="module")
def assembly():
    def compile_for(*target):
        command = [sys.executable, "-P", "-c", COMPILE, *target]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    return compile_for


def test_the_kernel_compiles_for_arm(assembly):
    code = assembly("aarch64-apple-darwin", "apple-m1")
    assert "sqrdmulh" in code
    assert "sqadd" in code


def test_the_kernel_compiles_for_an_old_x86(assembly):
    code = assembly("x86_64-unknown-linux-gnu", "x86-64-v2")
    assert "pmulhrsw" in code
    assert "ymm" not in code


def test_this_machine_has_registers_of_a_known_width():
    assert TARGET.lanes in (2, 4, 8)
    assert Target("x86_64-unknown-linux-gnu", "x86-64-v2").lanes == 2
    assert Target("x86_64-unknown-linux-gnu", "x86-64-v3").lanes == 4
    assert Target("x86_64-unknown-linux-gnu", "x86-64-v4").lanes == 8
    assert Target("x86_64-unknown-linux-gnu", "x86-64-v3").fuses
    assert not Target("x86_64-unknown-linux-gnu", "x86-64-v2").fuses


@pytest.mark.parametrize(("cpu", "lanes"), [("x86-64-v2", 2), ("x86-64-v3", 4)])
def test_the_kernel_is_exact_on_narrower_registers(cpu, lanes):
    if not TARGET.is_x86 or TARGET.lanes <= lanes:
        pytest.skip("this processor's own registers are no wider, or others")
    chosen = {"NUMBA_CPU_NAME": cpu, "NUMBA_CPU_FEATURES": ""}
    command = [sys.executable, "-P", "-c", CHECK, str(lanes)]
    subprocess.run(command, check=True, env={**os.environ, **chosen})
