"""GPUs by the names that sites use, and what their compilers call their architecture.

CUDA code runs on its own major number and above within it; ROCm code only on its own name.
"""

from typing import Literal

from envc.values import dataclass

Maker = Literal["nvidia", "amd"]


@dataclass(frozen=True, slots=True)
class Gpu:
    """A GPU by its name, and what compilers call it."""

    name: str
    maker: Maker
    architecture: str

    @property
    def flag(self) -> str:
        """What the maker's compiler takes to generate code for it."""
        option = "-arch=" if self.maker == "nvidia" else "--offload-arch="
        return option + self.architecture

    @property
    def cmake(self) -> str:
        """What CMAKE_CUDA_ARCHITECTURES or CMAKE_HIP_ARCHITECTURES takes."""
        return self.architecture.removeprefix("sm_")


_CUDA = {
    "p100": "sm_60",
    "v100": "sm_70",
    "t4": "sm_75",
    "a100": "sm_80",
    "a30": "sm_80",
    "a10": "sm_86",
    "a40": "sm_86",
    "l4": "sm_89",
    "l40": "sm_89",
    "l40s": "sm_89",
    "h100": "sm_90",
    "h200": "sm_90",
    "gh200": "sm_90",
    "b200": "sm_100",
    "gb200": "sm_100",
}
_ROCM = {
    "mi50": "gfx906",
    "mi100": "gfx908",
    "mi210": "gfx90a",
    "mi250": "gfx90a",
    "mi250x": "gfx90a",
    "mi300a": "gfx942",
    "mi300x": "gfx942",
    "mi325x": "gfx942",
}

GPUS: dict[str, Gpu] = {
    **{name: Gpu(name, "nvidia", code) for name, code in _CUDA.items()},
    **{name: Gpu(name, "amd", code) for name, code in _ROCM.items()},
}


def gpu(name: str) -> Gpu | None:
    """By a site's name for it: `a100`, `A100-SXM4-80GB`, `mi250x`."""
    return GPUS.get(name.lower().split("-")[0].split("_")[0])


def runs(built: str, device: str) -> bool:
    """Whether machine code for one architecture runs on another, no intermediate code assumed."""
    if not (built.startswith("sm_") and device.startswith("sm_")):
        return built == device
    ours, theirs = int(built[3:]), int(device[3:])
    return ours // 10 == theirs // 10 and ours <= theirs
