#!/bin/sh
# Written by envc: which of the built targets to use on this machine. Plain POSIX sh: it starts no
# program and reads one file.
#
#   sh SCRIPT                 the best target for this node
#   sh SCRIPT all             every target that this node can run, as an answer for `common`
#   sh SCRIPT common [FILE...]  the best target for all nodes, from their answers, one a line
#
# The target goes to stdout, the reasons go to stderr. Exit codes: 0, 2 wrong usage, 3 none fits.
# ENVC_TARGET=NAME forces a target; ENVC_CPUINFO=FILE is read instead of /proc/cpuinfo.
set -fu
IFS=' 	
'
LC_ALL=C

preferred=@PREFERRED@

# each ACTION: calls it for every target, most specific first, with the target's name, its level,
# the CPUs it is tuned for (none: any) and what a node must show.
each() {
@TARGETS@
}

say() { printf 'envc: %s\n' "$*" >&2; }

fail() {
  code=$1
  shift
  say "$*"
  exit "$code"
}

holds() { # WORD "WORDS"
  case " $2 " in *" $1 "*) return 0 ;; esac
  return 1
}

# ---- what this node is --------------------------------------------------------------------------

node_words='' node_mark='' node_name=''

read_cpuinfo() {
  file=${ENVC_CPUINFO:-/proc/cpuinfo}
  [ -r "$file" ] || fail 3 "cannot read $file, so no target can be chosen; set ENVC_TARGET"
  maker='' part=''
  # The kernel shows one CPU after the other, with what all have in common; the first is enough.
  while IFS=: read -r key value || [ -n "$key" ]; do
    # shellcheck disable=SC2086 # words are wanted: spaces and tabs around them go
    set -- $key
    key="${*-}"
    # shellcheck disable=SC2086
    set -- $value
    case $key in
      flags) node_words="x86 $*" ;;
      Features) node_words="$*" ;;
      isa) read_isa "$*" ;;
      cpu) read_power "$*" ;;
      vendor_id | uarch) node_mark="$*" ;;
      'CPU implementer') maker="$*" ;;
      'CPU part') part="$*" ;;
      'model name') node_name="${*-}" ;;
      '') [ -z "$node_words" ] || break ;;
    esac
  done <"$file"
  [ -z "$maker" ] || node_mark="$maker/$part"
  [ -n "$node_words" ] || fail 3 "$file shows no features of a CPU that envc knows; set ENVC_TARGET"
}

read_power() { # POWER9 (architected), altivec supported
  case $1 in POWER[0-9]*) ;; *) return 0 ;; esac
  newest=${1#POWER}
  newest=${newest%%[!0-9]*}
  node_words='power' node_name=$1 generation=7
  while [ "$generation" -le "$newest" ]; do
    node_words="$node_words power$generation"
    generation=$((generation + 1))
  done
}

read_isa() { # rv64imafdcv_zicsr_zba
  case $1 in rv64*) ;; *) return 0 ;; esac
  letters=${1#rv64}
  rest=${letters#"${letters%%_*}"}
  letters=${letters%%_*}
  node_words='rv64'
  while [ -n "$letters" ]; do
    letter=${letters%"${letters#?}"}
    letters=${letters#?}
    case $letter in g) letter='i m a f d' ;; esac
    node_words="$node_words $letter"
  done
  while [ -n "$rest" ]; do
    rest=${rest#_}
    node_words="$node_words ${rest%%_*}"
    rest=${rest#"${rest%%_*}"}
  done
}

# ---- which targets it can run -------------------------------------------------------------------

names='' own='' foreign=''

weigh() { # NAME LEVEL "KIN" "WORDS": puts it into own or foreign, or says what is missing
  missing "$4"
  if [ -n "$lacks" ]; then
    say "not $1: this CPU does not show$lacks"
  elif [ -z "$3" ] || holds "$node_mark" "$3"; then
    own="$own $1"
  else
    foreign="$foreign $1"
  fi
}

missing() { # "WORDS": puts into lacks those that the node does not show, the first few
  lacks='' count=0
  for word in $1; do
    holds "$word" "$node_words" && continue
    count=$((count + 1))
    if [ "$count" -le 5 ]; then lacks="$lacks $word"; fi
  done
  [ "$count" -le 5 ] || lacks="$lacks and $((count - 5)) more"
}

# From own and foreign to chosen: what the caller measured first; else the most specific. A target
# tuned for other CPUs is worth taking only where all others are of a lower level.
choose() {
  chosen='' why='' other='' other_level=-1
  for name in $preferred; do
    if holds "$name" "$own $foreign"; then
      chosen=$name why='the first of those preferred that runs here'
      return 0
    fi
  done
  each compare
  if [ -z "$chosen" ] && [ -n "$other" ]; then
    chosen=$other why='tuned for other CPUs, but better than the rest that run here'
  fi
  [ -n "$chosen" ]
}

compare() { # NAME LEVEL, which is all it needs
  [ -z "$chosen" ] || return 0
  if holds "$1" "$own"; then
    [ "$other_level" -le "$2" ] || return 0
    chosen=$1 why='the most specific that runs here'
  elif holds "$1" "$foreign" && [ "$2" -gt "$other_level" ]; then
    other=$1 other_level=$2
  fi
}

collect() { names="$names $1"; }

# ---- the three commands -------------------------------------------------------------------------

one() {
  survey
  say "chose $chosen for this CPU ($node): $why"
  printf '%s\n' "$chosen"
}

all() {
  survey
  answer=''
  each list
  printf '%s\n' "${answer# }"
}

survey() {
  read_cpuinfo
  node="${node_mark:-maker unknown}${node_name:+, $node_name}"
  each weigh
  choose || fail 3 "no target fits this CPU ($node); built are:$names"
}

list() {
  if holds "$1" "$own"; then
    answer="$answer $1"
  elif holds "$1" "$foreign"; then
    answer="$answer $1~" # the node runs it, but it is tuned for other CPUs
  fi
}

forced() {
  holds "$ENVC_TARGET" "$names" ||
    fail 2 "ENVC_TARGET=$ENVC_TARGET is none of the built targets:$names"
  (read_cpuinfo && each doubt) || : # without cpuinfo there is nothing to compare with
  say "chose $ENVC_TARGET: ENVC_TARGET says so"
  printf '%s\n' "$ENVC_TARGET"
}

doubt() {
  [ "$1" = "$ENVC_TARGET" ] || return 0
  missing "$4"
  [ -z "$lacks" ] || say "warning: $1 may stop with an illegal instruction: no$lacks here"
}

common() {
  nodes=0 shared='' marked=''
  if [ "$#" -eq 0 ]; then
    read_answers
  else
    for file; do
      [ -r "$file" ] || fail 2 "cannot read $file"
      read_answers <"$file"
    done
  fi
  [ "$nodes" -gt 0 ] || fail 2 'no node has answered'
  for name in $shared; do
    if holds "$name" "$marked"; then foreign="$foreign $name"; else own="$own $name"; fi
  done
  choose || fail 3 "no target runs on all $nodes nodes; built are:$names"
  say "chose $chosen for $nodes nodes: $why"
  printf '%s\n' "$chosen"
}

read_answers() {
  while read -r line || [ -n "$line" ]; do
    [ -n "$line" ] || continue
    read_answer
    nodes=$((nodes + 1))
  done
}

read_answer() { # of line, what the other nodes run too
  runs='' kept=''
  for name in $line; do
    case $name in
      *:) continue ;; # a launcher's label, as in `3: zen4 x86_64_v3`
      *'~') name=${name%'~'} marked="$marked $name" ;;
    esac
    holds "$name" "$names" || fail 2 "$name, a node's answer, is none of the built targets:$names"
    runs="$runs $name"
  done
  if [ "$nodes" -eq 0 ]; then
    shared=$runs
  else
    for name in $shared; do
      ! holds "$name" "$runs" || kept="$kept $name"
    done
    shared=$kept
  fi
}

each collect
case ${1:-one}/$# in
  one/[01] | all/1 | common/*) ;;
  *) fail 2 'usage: SCRIPT [all | common [FILE...]]' ;;
esac
command=${1:-one}
[ "$#" -eq 0 ] || shift
[ -z "${ENVC_TARGET:-}" ] || command=forced
"$command" ${1+"$@"}
