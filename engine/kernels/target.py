"""The processor that kernels are compiled for: how wide its registers are, what it knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from llvmlite import binding
from numba import config
from numba.core.codegen import get_host_cpu_features

binding.initialize_native_target()
binding.initialize_native_asmprinter()

_SUMS = """
define <32 x i16> @shorts(<32 x i16> %a, <32 x i16> %b) {
  %c = add <32 x i16> %a, %b
  ret <32 x i16> %c
}
define float @fused(float %a, float %b, float %c) {
  %d = call float @llvm.fma.f32(float %a, float %b, float %c)
  ret float %d
}
declare float @llvm.fma.f32(float, float, float)
"""


@dataclass(frozen=True)
class Target:
    """A processor, in LLVM's words.

    Attributes:
        triple: of the system, such as "x86_64-unknown-linux-gnu".
        cpu: the processor's name.
        features: switched on and off beside what the name implies, such as "+avx2,-fma".
    """

    triple: str
    cpu: str
    features: str = ""

    def assembly(self, code: str) -> str:
        """Return a module of LLVM's language in this processor's, after all optimizations.

        Args:
            code: the module; triple and data layout are replaced.
        """
        machine = binding.Target.from_triple(self.triple).create_target_machine(
            self.cpu, self.features, opt=3
        )
        module = binding.parse_assembly(code)
        module.triple, module.data_layout = self.triple, str(machine.target_data)
        return str(machine.emit_assembly(module))

    @property
    def is_x86(self) -> bool:
        """Whether the instructions are Intel's."""
        return self.triple.startswith("x86_64")

    @property
    def is_arm(self) -> bool:
        """Whether the instructions are those of 64-bit ARM."""
        return self.triple.startswith(("aarch64", "arm64"))

    @cached_property
    def _sums(self) -> str:
        return self.assembly(_SUMS)

    @property
    def lanes(self) -> int:
        """64-bit words in the widest register that adds 16-bit integers."""
        return 8 if "zmm" in self._sums else 4 if "ymm" in self._sums else 2

    @property
    def fuses(self) -> bool:
        """Whether a product and a sum are rounded once, by one instruction."""
        return "fmaf" not in self._sums.replace("fmadd", "")


def this_machine() -> Target:
    """Return what Numba compiles for: this processor, or what its environment variables say."""
    features = get_host_cpu_features() if config.CPU_FEATURES is None else config.CPU_FEATURES
    cpu = config.CPU_NAME or binding.get_host_cpu_name()
    return Target(binding.get_process_triple(), cpu, features)


TARGET = this_machine()
