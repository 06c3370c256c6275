"""Which nodes a pod may go to: by labels of the site, else by those of Node Feature Discovery.

Labels say less than a target needs: that tool leaves out what it takes for granted on every x86-64
CPU of a data centre. The image's own entry looks at the CPU again.
"""

from collections.abc import Iterator, Mapping

from envc.cpu.selector.needs import uses
from envc.jobs.model import Job
from envc.quoting.yaml import Yaml
from envc_backends.batch.asking import features
from envc_backends.containers.images import architecture, image

KEY = r"(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"
"""Of a label."""
_FOUND = "feature.node.kubernetes.io/cpu-cpuid."
_CPUID: Mapping[str, str] = {
    "avx": "AVX",
    "avx2": "AVX2",
    "fma": "FMA3",
    "avx512f": "AVX512F",
    "avx512bw": "AVX512BW",
    "avx512cd": "AVX512CD",
    "avx512dq": "AVX512DQ",
    "avx512vl": "AVX512VL",
    "avx512vbmi": "AVX512VBMI",
    "avx512_vbmi2": "AVX512VBMI2",
    "avx512_vnni": "AVX512VNNI",
    "avx512_bf16": "AVX512BF16",
    "avx512_bitalg": "AVX512BITALG",
    "avx512_vpopcntdq": "AVX512VPOPCNTDQ",
    "asimd": "ASIMD",
    "asimddp": "ASIMDDP",
    "asimdhp": "ASIMDHP",
    "sve": "SVE",
}
"""Features as that tool calls them, of those that it tells without being asked to."""


def affinity(job: Job) -> Mapping[str, Yaml]:
    """All of it has to hold before a node is taken."""
    terms = list(_terms(job))
    return {
        "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": {
                "nodeSelectorTerms": [{"matchExpressions": terms}]
            }
        }
    }


def _terms(job: Job) -> Iterator[Yaml]:
    yield _is("kubernetes.io/arch", architecture(job))
    found = job.where.fact("property")
    for name in features(job):
        yield _is(found, name) if found else _has(name)
    if job.gpu is not None:
        yield _has(job.gpu.value)
    if not job.where.features:
        for feature in sorted(uses(image(job).target)):
            if feature in _CPUID:
                yield _is(f"{_FOUND}{_CPUID[feature]}", "true")


def _is(key: str, value: str) -> Yaml:
    return {"key": key, "operator": "In", "values": [value]}


def _has(key: str) -> Yaml:
    return {"key": key, "operator": "Exists"}
