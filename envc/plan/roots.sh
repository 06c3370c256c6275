#!/bin/sh
# Written by envc: makes file systems of Debian's packages alone, the same to the bit each time.
# Needs what every Debian image has: sh, coreutils, findutils, tar, dpkg-deb and apt-helper.
#
#   sh roots.sh fetch FOLDER LIST...        brings the packages of the lists
#   sh roots.sh make LIST FOLDER ROOT       installs a list's packages, in its order, into ROOT
#   sh roots.sh over LIST FOLDER ROOT SUITE  the same over what is there, a Debian of that release
#   sh roots.sh finish FOLDER...            leaves nothing in them that differs from build to build
#
# A line of a list is `SHA256  SIZE  PATH`, the path as Debian's archives have it. Empty lines part
# groups: what a package depends on is in an earlier group or in its own.
# SNAPSHOTS are the moments of the archive, MIRRORS addresses that are asked first, both with blanks
# between. SOURCE_DATE_EPOCH is the one time that everything bears.
set -eu
umask 022
export LC_ALL=C.UTF-8 TZ=UTC

archive=${ARCHIVE:-http://snapshot.debian.org/archive/debian}

fail() {
  printf 'roots.sh: %s\n' "$*" >&2
  exit 1
}

# ---- packages -----------------------------------------------------------------------------------

fetch() {
  into=$1
  shift
  mkdir -p "$into"
  for base in ${MIRRORS-}; do
    fetch_from "${base%/}" "$@"
  done
  for moment in ${SNAPSHOTS-}; do
    fetch_from "$archive/$moment" "$@"
  done
  missing "$@" || fail "these packages are nowhere to be had:$wanting"
}

fetch_from() {
  base=$1
  shift
  missing "$@" && return
  set --
  for path in $wanting; do
    set -- "$@" "$base/$path" "$into/${path##*/}" "SHA256:$(hash_of "$path")"
  done
  # What this place has not, the next may have; and what is left is told in the end.
  /usr/lib/apt/apt-helper -o APT::Sandbox::User=root -o Acquire::Retries=2 \
    download-file "$@" || :
}

missing() { # LIST...: puts into wanting the paths that are not there as they have to be
  wanting='' hashes=''
  while read -r hash _ path; do
    [ -n "$hash" ] || continue
    case " $wanting " in *" $path "*) continue ;; esac
    hashes="$hashes $hash:$path"
    [ "$(sha256sum 2>/dev/null <"$into/${path##*/}")" = "$hash  -" ] || wanting="$wanting $path"
  done <<LISTS
$(cat "$@")
LISTS
  [ -z "$wanting" ]
}

hash_of() {
  rest=${hashes%%":$1"*}
  printf '%s' "${rest##* }"
}

# ---- a root -------------------------------------------------------------------------------------

make() {
  list=$1 debs=$2 root=$3
  [ ! -e "$root/usr" ] || fail "$root is there already"
  mkdir -p "$root"
  merge_usr
  bare=yes there=''
  install_list
}

over() {
  list=$1 debs=$2 root=$3
  of_release "$4"
  # What Apptainer adds to every image that it unpacks.
  for name in .singularity.d .exec .run .shell .test environment singularity; do
    rm -rf "${root:?}/$name"
  done
  guard
  bare='' there=$(run dpkg-query -W -f '${db:Status-Abbrev}${Package} ${Version} ${Architecture}\n')
  install_list
}

of_release() {
  base=$root/usr/lib/os-release
  if [ ! -x "$root/usr/bin/dpkg" ] || [ ! -s "$root/var/lib/dpkg/status" ] || [ ! -r "$base" ]; then
    fail 'the base image has no dpkg: packages of Debian go over an image of Debian'
  fi
  called=$(sed -n 's/^ID=//p' "$base" | tr -d '"')
  release=$(sed -n 's/^VERSION_CODENAME=//p' "$base" | tr -d '"')
  case $called/$1 in
    debian/"$release") return ;;
    # Until it is one, the next release is called by its name in both.
    debian/sid | debian/unstable | debian/testing)
      case $(cat "$root/etc/debian_version") in */sid) return ;; esac
      ;;
  esac
  fail "the base image is $called $release, and the packages are of debian $1"
}

install_list() { # over what there says is installed
  group='' first=yes
  while read -r _ _ path || [ -n "$path" ]; do
    if [ -n "$path" ]; then
      group="$group ${path##*/}"
    else
      install_group
    fi
  done <"$list"
  install_group
  run dpkg --configure --pending
  ready
  add_user
  leave_nothing
  run ldconfig
  finish "$root"
}

merge_usr() { # as all of Debian has been since bookworm
  mkdir -p "$root/usr"
  for name in bin sbin lib; do
    mkdir "$root/usr/$name"
    ln -s "usr/$name" "$root/$name"
  done
  case $(dpkg --print-architecture) in
    amd64 | ppc64el | loong64)
      mkdir "$root/usr/lib64"
      ln -s usr/lib64 "$root/lib64"
      ;;
  esac
}

install_group() { # of group, which is empty then
  [ -n "$group" ] || return 0
  mkdir -p "$root/packages"
  set --
  for name in $group; do
    ! is_there "$debs/$name" || continue
    ln "$debs/$name" "$root/packages/$name" 2>/dev/null || cp "$debs/$name" "$root/packages/$name"
    set -- "$@" "/packages/$name"
  done
  # The first packages hold what the scripts of all packages call, dpkg itself among them; they
  # need each other before any of them is configured.
  if [ "$first$bare" = yesyes ]; then
    for name in $group; do
      dpkg-deb --fsys-tarfile "$debs/$name" | tar -x --keep-directory-symlink -C "$root"
    done
    : >"$root/var/lib/dpkg/status"
    guard
  fi
  if [ $# -gt 0 ]; then
    [ "$first" = no ] || set -- --force-depends "$@"
    # What somebody wrote into a file of the base's settings stays.
    run dpkg --force-unsafe-io --force-confdef --force-confold --install "$@"
  fi
  rm -r "$root/packages"
  group='' first=no
}

is_there() {
  [ -n "$there" ] || return 1
  # shellcheck disable=SC2016 # the names are dpkg's
  case $there in
    *"ii $(dpkg-deb --show --showformat='${Package} ${Version} ${Architecture}' "$1")"*) ;;
    *) return 1 ;;
  esac
}

run() {
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    TZ=UTC SOURCE_DATE_EPOCH="$SOURCE_DATE_EPOCH" DEBIAN_FRONTEND=noninteractive \
    DEBCONF_NONINTERACTIVE_SEEN=true "$@"
}

guard() { # what packages find while they are installed
  # No package starts a service here.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  mkdir -p "$root/dev"
  ! mounted "$root/dev" || return 0
  find "$root/dev" -mindepth 1 -delete
  device null 3
  device zero 5
  device full 7
  device random 8
  device urandom 9
}

mounted() { # FOLDER: what whoever builds has mounted there is none of the root's files
  [ "$(stat -c %d "$1")" != "$(stat -c %d "$1/..")" ]
}

device() { # NAME MINOR: a plain file where no device can be made
  mknod -m 666 "$root/dev/$1" c 1 "$2" 2>/dev/null && : 2>/dev/null >"$root/dev/$1" && return
  rm -f "$root/dev/$1"
  : >"$root/dev/$1"
  chmod 666 "$root/dev/$1"
}

ready() {
  [ -z "$(run dpkg --audit)" ] || fail "not all packages could be configured"
}

add_user() {
  account passwd 'x:1000:1000:envc:/home/envc:/bin/sh'
  account group 'x:1000:'
  account shadow '*:::::::'
  account gshadow '*::'
  mkdir -p "$root/home/envc"
  chown 1000:1000 "$root/home/envc"
}

account() { # FILE FIELDS
  grep -q '^envc:' "$root/etc/$1" 2>/dev/null || printf 'envc:%s\n' "$2" >>"$root/etc/$1"
}

leave_nothing() { # of the machine, the moment, and the way here
  cd "$root"
  rm -f usr/sbin/policy-rc.d etc/machine-id var/lib/dbus/machine-id etc/hostname etc/resolv.conf
  rm -f etc/.pwd.lock etc/ssh/ssh_host_* etc/munge/munge.key
  rm -f etc/passwd- etc/group- etc/shadow- etc/gshadow- etc/subuid- etc/subgid-
  rm -f var/lib/dpkg/*-old var/cache/debconf/*-old var/lib/dpkg/lock*
  rm -rf var/cache/ldconfig var/cache/fontconfig var/cache/man var/cache/apt var/lib/apt/lists
  for folder in dev proc run sys tmp var/tmp; do
    mkdir -p "$folder"
    mounted "$folder" || find "$folder" -mindepth 1 -delete
  done
  chmod 1777 tmp var/tmp
  find var/log -type f -delete
  # Texts for people; what is said about licences stays.
  for folder in doc-base groff info linda lintian locale man; do
    rm -rf "usr/share/$folder"
  done
  find usr/share/doc -type f ! -name copyright -delete
  find usr/share/doc -xtype l -delete
  find usr/share/doc -mindepth 1 -type d -empty -delete
  cd - >/dev/null
}

# ---- the same bits each time --------------------------------------------------------------------

finish() {
  for folder; do
    find "$folder" -xdev -type d -name __pycache__ -prune -exec rm -rf {} +
    rm -rf "$folder/var/cache/ldconfig"
    find "$folder" -xdev ! -type l -perm /6000 -exec chmod ug-s {} +
    find "$folder" -xdev -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  done
}

: "${SOURCE_DATE_EPOCH:?is the time that everything bears}"
case ${1-}/$# in
  make/4 | over/5 | fetch/[3-9] | finish/[2-9]) "$@" ;;
  *) fail 'usage: fetch FOLDER LIST... | make LIST FOLDER ROOT [| over … SUITE] | finish FOLDER...' ;;
esac
