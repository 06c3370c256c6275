"""One small stack, built through envc, hpccm and neurodocker: `python -m benchmarks.peers`."""
