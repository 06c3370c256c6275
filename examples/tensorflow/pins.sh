#!/bin/sh
# pins.sh COMMAND [WORD...]  which variables change the bits that pendulum learns
#
#   sh pins.sh envc run pendulum.envc --
#
# The command starts a program of the image with its variables. A line each: how the weights' SHA-256
# begins, and what was said otherwise than in the image.
set -eu

row() {
  shown=$1
  shift
  digest=$("$@" 2>/dev/null | sed -n 's/^weights sha256:\(.\{12\}\).*/\1/p')
  printf '%-12s  %s\n' "${digest:-none}" "$shown"
}

row 'as in the image' "$@" pendulum
for change in \
  TF_NUM_INTRAOP_THREADS=1 TF_NUM_INTRAOP_THREADS=4 TF_ENABLE_ONEDNN_OPTS=1 \
  ONEDNN_MAX_CPU_ISA=AVX512_CORE ONEDNN_MAX_CPU_ISA=SSE41 \
  TF_NUM_INTEROP_THREADS=1 TF_DETERMINISTIC_OPS=1 OMP_NUM_THREADS=1 PYTHONHASHSEED=1 \
  XLA_FLAGS=; do
  row "$change" "$@" env "$change" pendulum
done
row --jit "$@" pendulum --jit
for change in TF_NUM_INTRAOP_THREADS=1 XLA_FLAGS= TF_DETERMINISTIC_OPS=1; do
  row "--jit, $change" "$@" env "$change" pendulum --jit
done
