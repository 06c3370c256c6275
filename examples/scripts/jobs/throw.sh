#!/bin/sh

# dice 1.0.0: run throw, for HTCondor at htcondor
#
# Written by `envc compile` from dice.envc: change the spec, not this file.
# lock sha256:3f9c264dac766433aee152db46f3e7a3f0dec0bc02549b1bf3212d00e0f53b90
#
#   command   dice {index} 4    dice.envc:20
#   cpus      4 per task        dice.envc:15
#   memory    1024 MiB per cpu  dice.envc:16
#   walltime  5400 s            dice.envc:17
#   account   plates            dice.envc:69
#   array     1..9 step 2       dice.envc:18
#   workdir   /scratch/dice     dice.envc:19

set -eu

main() {
  set_variables
  choose_image
  find_image
  enter_folder
  run_program
}

set_variables() {
  export ENVC_INDEX=$((1 + 2 * ENVC_NUMBER))
  export ENVC_JOB="${ENVC_CLUSTER:-$$}"
  export ENVC_NODES=1
  export ENVC_TASKS=1 ENVC_CPUS=4
  export ENVC_GPUS=0
  export OMP_NUM_THREADS=4
}

choose_image() {
  export ENVC_TARGET=x86_64_v3
  image=dice-1.0.0-x86_64_v3.sif
}

find_image() {
  [ -n "${ENVC_IMAGES:-}" ] || ENVC_IMAGES="$PWD"
  image=$ENVC_IMAGES/$image
  [ -e "$image" ] || fail 66 "the image $image is not on this node"
}

enter_folder() {
  cd -- /scratch/dice || fail 66 'the folder to start in is not there'
}

run_program() {
  exec apptainer exec --no-home --cleanenv --env ENVC_INDEX="$ENVC_INDEX" --env ENVC_JOB="$ENVC_JOB" \
    --env ENVC_NODES="$ENVC_NODES" --env ENVC_TASKS="$ENVC_TASKS" --env ENVC_CPUS="$ENVC_CPUS" \
    --env ENVC_GPUS="$ENVC_GPUS" --env ENVC_TARGET="$ENVC_TARGET" --env OMP_NUM_THREADS="$OMP_NUM_THREADS" \
    --mount "type=bind,\"source=$PWD\",\"destination=$PWD\"" --pwd "$PWD" "$image" /opt/envc/entry \
    dice "$ENVC_INDEX" 4
}

fail() { # CODE SENTENCE
  say "$2"
  exit "$1"
}

say() {
  printf 'envc: %s\n' "$*" >&2
}

main "$@"
