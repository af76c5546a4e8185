# cfg_leads PATH POINT: the type of a path (directory; filled, for a directory that is not empty; file; or absent, and the end of
# the path that is to be made) and, after a bar, its real path, with symbolic links followed; parts that do not exist yet stay as
# they are. Nothing is printed for a mount at that point (as the kernel escapes it), for a mount that a look would trigger, and
# where there is no answer in time.
cfg_leads() {
  ! cut -d ' ' -f 5 /proc/self/mountinfo | grep -qxF -e "$2" || return 0
  # shellcheck disable=SC2016
  timeout -k 2 10 sh -c '
    cfg_to=$1; cfg_rest=
    while [ "$cfg_to" ] && [ ! -e "$cfg_to" ] && [ ! -L "$cfg_to" ]; do cfg_rest=/${cfg_to##*/}$cfg_rest; cfg_to=${cfg_to%/*}; done
    if [ -d "$1" ]; then cfg_kind=directory; [ -z "$(ls -A -- "$1" | head -n 1)" ] || cfg_kind=filled; elif [ -e "$1" ]; then cfg_kind=file; else cfg_kind="absent $cfg_rest"; fi
    [ -z "$cfg_to" ] || cfg_to=$(readlink -f -- "$cfg_to") || cfg_to="a place that is not there"
    [ "$cfg_to" != / ] || cfg_to=
    cfg_to=$cfg_to$cfg_rest
    printf "%s|%s\n" "$cfg_kind" "${cfg_to:-/}" | tr "\n" "?"' sh "$1" || return 0
}

# cfg_mounts POINT SOURCE DEVICE PATH: the mount at a mount point and, where they are given, the mount that a bind mount's source is
# on and the real device; then fstab(5). All from mountinfo: a path on a dead mount is never touched. POINT and SOURCE are escaped
# as the kernel does; PATH is the point without escapes.
cfg_mounts() {
  cfg_best=; cfg_at=$1
  cfg_led=$(cfg_leads "$4" "$1"); cfg_led=${cfg_led%\?}
  if [ -n "$cfg_led" ]; then
    printf 'point %s\n' "${cfg_led%%|*}"; cfg_led=${cfg_led#*|}
    if [ "$cfg_led" != "$4" ]; then
      printf 'leads %s\n' "$cfg_led"
      cfg_at=$(cfg_escaped "$cfg_led")
    fi
  fi
  if [ -n "$2" ]; then
    cfg_led=$(cfg_leads "$3" "$2"); cfg_led=${cfg_led%\?}; cfg_led=${cfg_led#*|}
    [ "${cfg_led:-$3}" = "$3" ] || printf 'origin %s\n' "$cfg_led"
  fi
  while read -r cfg_id cfg_up cfg_dev cfg_root cfg_point cfg_flags cfg_rest; do
    if [ "$cfg_point" = "$1" ] || [ "$cfg_point" = "$cfg_at" ]; then
      cfg_rest=${cfg_rest#*- }; cfg_from=${cfg_rest#* }; cfg_from=$(printf %b "${cfg_from%% *}"); cfg_real=$cfg_from
      case $cfg_from in
        /dev/loop*) ! [ -r "/sys/block/${cfg_from#/dev/}/loop/backing_file" ] || read -r cfg_real <"/sys/block/${cfg_from#/dev/}/loop/backing_file";;
        /dev/*) cfg_real=$(readlink -f -- "$cfg_from") || cfg_real=$cfg_from;;
      esac
      printf 'mounted %s %s %s %s\nreal %s\n' "$cfg_dev" "$cfg_root" "$cfg_flags" "$cfg_rest" "$cfg_real"
    fi
    [ -z "$2" ] || case $2/ in "${cfg_point%/}"/*) [ ${#cfg_point} -lt ${#cfg_best} ] || { cfg_best=$cfg_point; cfg_on="$cfg_dev $cfg_root $cfg_point"; };; esac
  done </proc/self/mountinfo
  [ -z "$2" ] || printf 'source %s\n' "$cfg_on"
  case $3 in
    UUID=*) cfg_real=/dev/disk/by-uuid/${3#*=};;
    LABEL=*) cfg_real=/dev/disk/by-label/${3#*=};;
    PARTUUID=*) cfg_real=/dev/disk/by-partuuid/${3#*=};;
    PARTLABEL=*) cfg_real=/dev/disk/by-partlabel/${3#*=};;
    *) cfg_real=$3;;
  esac
  case $cfg_real in /dev/*) printf 'device %s\n' "$(readlink -f -- "$cfg_real" || printf %s "$cfg_real")";; esac
  echo fstab
  cfg_path /etc/fstab '?' 1048576 '' ''
}

# cfg_check_mount LINE: whether findmnt(8) accepts a line of fstab(5). It gets that line alone, because it touches the mount point
# of every line it gets, and one of those may block.
cfg_check_mount() {
  command -v findmnt >/dev/null 2>&1 || return 0
  cfg_tab=$(mktemp) || return
  trap 'rm -f -- "$cfg_tab"' EXIT
  printf '%s\n' "$1" >"$cfg_tab"
  cfg_said=$(timeout -k 5 20 findmnt --verify --tab-file "$cfg_tab" 2>&1)
  case $cfg_said in *'[E]'*|*'parse error at'*) printf '%s\n' "$cfg_said" >&2; return 1;; esac
}

# cfg_within SECONDS LATE FUNCTION ARGUMENT...: runs one of these functions with a time limit, and prints LATE when the limit is
# over.
cfg_within() {
  cfg_limit=$1 cfg_late=$2 cfg_exit=0
  shift 2
  # Only a process can have a limit, and a new process knows no functions. A session that acts as another user has no library to
  # give it.
  if [ -z "$cfg_library" ]; then "$@"; return; fi
  # shellcheck disable=SC2016 # for the other shell to expand
  printf '%s\n' "$cfg_library" | timeout -k 5 "$cfg_limit" sh -c 'cfg_library=$(cat) && eval "$cfg_library" && "$@" </dev/null' sh "$@" || cfg_exit=$?
  case $cfg_exit in 124|137) printf '%s\n' "$cfg_late" >&2;; esac
  return "$cfg_exit"
}

# cfg_keeps PATH: enters the directory of a path, and tells whether no other user can replace that directory.
cfg_keeps() {
  cfg_parent=${1%/*}
  cfg_enter "${cfg_parent:-/}" || exit
  cfg_ours
}

# cfg_mount TYPE OPTIONS DEVICE POINT: mount(8). mount uses the name of the mount point. If others can change what that name means,
# it is first mounted out of their reach, and then moved to the directory that this process is in ("-c" leaves "." as it is).
cfg_mount() (
  if cfg_keeps "$4"; then mount -t "$1" -o "$2" -- "$3" "$4"; exit; fi
  cfg_enter "$4" && cfg_apart=$(mktemp -d /run/cfg.XXXXXXXXXX) || exit
  trap 'umount "$cfg_apart" 2>/dev/null; rmdir "$cfg_apart"' EXIT
  trap 'exit 143' TERM
  case ,$2, in *,rbind,*) cfg_bind=--rbind;; *) cfg_bind=--bind;; esac
  mount -t "$1" -o "$2" -- "$3" "$cfg_apart" && mount -c $cfg_bind "$cfg_apart" .
)

# cfg_remount TYPE OPTIONS DEVICE POINT: sets the options of the mount.
cfg_remount() (
  if cfg_keeps "$4"; then mount -t "$1" -o "remount,$2" -- "$3" "$4"; exit; fi
  cfg_enter "$4" && mount -c -t "$1" -o "remount,$2" -- "$3" .
)

# cfg_unmount POINT [LAZY]: umount(8). A mount point cannot be exchanged while something is mounted there (rename(2), EBUSY), but
# its parent directory can, so this process stays in that.
cfg_unmount() (
  if cfg_keeps "$1"; then umount ${2:+"$2"} -- "$1"; exit; fi
  cfg_point=$(pwd -P)/${1##*/}
  cut -d ' ' -f 5 /proc/self/mountinfo | grep -qxF -e "$(cfg_escaped "$cfg_point")" || { printf '%s is not what is mounted\n' "$1" >&2; exit 1; }
  umount -c ${2:+"$2"} -- "./${1##*/}"
)
