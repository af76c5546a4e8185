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

# cfg_mounts POINT SOURCE DEVICE PATH [WHO]: the mount at a mount point and, where they are given, the mount that a bind mount's source
# is on and the real device; then fstab(5). All from mountinfo: a path on a dead mount is not touched. POINT and SOURCE are escaped as
# the kernel does; PATH is the point without escapes. With WHO, also whether a network file system answers there, with a time limit,
# and who uses it: users with "always", or where it does not answer with "silent".
cfg_mounts() {
  cfg_best=; cfg_at=$1; cfg_net=; cfg_top=
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
      cfg_top=$cfg_dev
      case $cfg_rest in autofs*|nfsd*|fusectl*) cfg_top='' cfg_net='';; nfs*|cifs*|smb*|fuse*|9p*|ceph*|afs*|gluster*|lustre*) cfg_net=yes;; *) cfg_net=;; esac
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
  [ -z "$5" ] || [ -z "$cfg_top" ] || cfg_mount_life "$(printf %b "$(printf %s "$cfg_at" | sed 's/\\/\\0/g')")" "$cfg_top" "$cfg_net" "$5"
  echo fstab
  cfg_path /etc/fstab '?' 1048576 '' ''
}

# cfg_mount_life POINT DEVICE NET WHO: how a mount does: a line "silent" where it does not answer in time, or "fails" with the reason;
# then who uses it (see cfg_mounts). statfs(2) is what a network file system asks its server for at every call; a local one is not
# asked.
cfg_mount_life() {
  cfg_bad=
  if [ -n "$3" ]; then
    cfg_said=$(timeout -k 2 10 stat -f -- "$1" 2>&1 >/dev/null) || case $?:$cfg_said in
      124:*|137:*|143:*) cfg_bad=silent;;
      *'Permission denied'*|*sage:*|*'invalid option'*|*'unrecognized option'*) ;;
      *) cfg_bad="fails ${cfg_said##*: }";;
    esac
    [ -z "$cfg_bad" ] || printf '%s\n' "$cfg_bad"
  fi
  if [ "$4" = always ] || [ -n "$cfg_bad" ]; then cfg_mount_users "$1" "$2" | sed 's/^/user /'; fi
}

# cfg_mount_users POINT DEVICE: who uses the mount at a point, with that device number: processes, mounts below it, and images and swap
# space on it, a line for each. The mount itself is not touched: only names are compared, as links below /proc show them. A process
# counts if its mounts have that device, because a container may have a place of the same name.
cfg_mount_users() {
  cfg_mount_pids "$1" | sort -un | while read -r cfg_pid; do
    grep -qsF -e " $2 " "/proc/$cfg_pid/mountinfo" || continue
    read -r cfg_name <"/proc/$cfg_pid/comm" && printf '%s (%s)\n' "$cfg_name" "$cfg_pid"
  done 2>/dev/null
  cfg_mounts_in "$1" | sed 's/\\/\\0/g' | while IFS= read -r cfg_name; do printf 'the mount at %b\n' "$cfg_name"; done
  for cfg_file in /sys/block/loop*/loop/backing_file; do
    if [ -r "$cfg_file" ] && read -r cfg_name <"$cfg_file"; then
      case $cfg_name in "$1"/*) cfg_file=${cfg_file#/sys/block/}; printf 'the loop device /dev/%s\n' "${cfg_file%%/*}";; esac
    fi
  done
  while read -r cfg_name _; do case $cfg_name in "$(cfg_escaped "$1")"/*) printf 'the swap space %s\n' "$cfg_name";; esac; done </proc/swaps
}

# cfg_mount_pids POINT: the numbers of the processes that have a file or directory there open, as their own, or mapped. ls(1) and
# grep(1) have time limits, because a process that waits for a dead server may hold what /proc tells of its memory.
cfg_mount_pids() {
  for cfg_pid in /proc/[0-9]*; do printf '%s/cwd\0%s/root\0%s/exe\0%s/fd\0' "$cfg_pid" "$cfg_pid" "$cfg_pid" "$cfg_pid"; done |
    timeout -k 1 10 xargs -0 ls -ln -- 2>/dev/null | grep -F -e " -> $1" -e '/fd:' | while IFS= read -r cfg_line; do
      case $cfg_line in
        /proc/*/fd:) cfg_pid=${cfg_line#/proc/} cfg_pid=${cfg_pid%/fd:};;
        *" -> $1"|*" -> $1/"*)
          cfg_line=${cfg_line%%" -> "*}
          case $cfg_line in *' /proc/'*) cfg_line=${cfg_line##*' /proc/'}; printf '%s\n' "${cfg_line%%/*}";; *) printf '%s\n' "$cfg_pid";; esac;;
      esac
    done
  timeout -k 1 5 grep -lsF -e " $1/" /proc/[0-9]*/maps | cut -d / -f 3
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

# cfg_unmount POINT FLAG...: umount(8). A mount point cannot be exchanged while something is mounted there (rename(2), EBUSY), but
# its parent directory can, so this process stays in that.
cfg_unmount() (
  cfg_it=$1
  shift
  if cfg_keeps "$cfg_it"; then umount "$@" -- "$cfg_it"; exit; fi
  cfg_point=$(pwd -P)/${cfg_it##*/}
  cut -d ' ' -f 5 /proc/self/mountinfo | grep -qxF -e "$(cfg_escaped "$cfg_point")" || { printf '%s is not what is mounted\n' "$cfg_it" >&2; exit 1; }
  umount -c "$@" -- "./${cfg_it##*/}"
)

# cfg_let_go POINT HINT FLAG...: the same with a time limit. If it fails, it says who uses the mount, and HINT.
cfg_let_go() {
  cfg_it=$1 cfg_advice=$2 cfg_gone=0
  shift 2
  cfg_within 60 "$cfg_it did not let go within 60 s" cfg_unmount "$cfg_it" "$@" || cfg_gone=$?
  [ "$cfg_gone" != 0 ] || return 0
  cfg_dev=$(cfg_device_at "$cfg_it")
  cfg_said=$(cfg_mount_users "$cfg_it" "$cfg_dev" | head -n 20 | tr '\n' ',' | sed -e 's/,$//' -e 's/,/, /g')
  [ -z "$cfg_said" ] || printf 'it is used by %s\n' "$cfg_said" >&2
  printf '  hint: %s\n' "$cfg_advice" >&2
  return "$cfg_gone"
}

# cfg_device_at POINT: the device number of the topmost mount there.
cfg_device_at() {
  cfg_at=$(cfg_escaped "$1")
  while read -r _ _ cfg_dev _ cfg_point _; do [ "$cfg_point" != "$cfg_at" ] || cfg_last=$cfg_dev; done </proc/self/mountinfo
  printf '%s\n' "$cfg_last"
}
