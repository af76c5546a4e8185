# cfg_leads PATH POINT: what is there (directory, file or absent) and, after a bar, where it really is, past symbolic links; parts
# that are not there yet stay as they are. Nothing of what is mounted at that very point (as the kernel escapes it), of what
# would be mounted by touching it, and of what does not answer.
cfg_leads() {
  ! cut -d ' ' -f 5 /proc/self/mountinfo | grep -qxF -e "$2" || return 0
  # shellcheck disable=SC2016
  timeout -k 2 10 sh -c '
    cfg_to=$1; cfg_rest=
    while [ "$cfg_to" ] && [ ! -e "$cfg_to" ] && [ ! -L "$cfg_to" ]; do cfg_rest=/${cfg_to##*/}$cfg_rest; cfg_to=${cfg_to%/*}; done
    if [ -d "$1" ]; then cfg_kind=directory; elif [ -e "$1" ]; then cfg_kind=file; else cfg_kind=absent; fi
    [ -z "$cfg_to" ] || cfg_to=$(readlink -f -- "$cfg_to") || cfg_to="a place that is not there"
    [ "$cfg_to" != / ] || cfg_to=
    cfg_to=$cfg_to$cfg_rest
    printf "%s|%s\n" "$cfg_kind" "${cfg_to:-/}" | tr "\n" "?"' sh "$1" || return 0
}

# cfg_mounts POINT SOURCE DEVICE PATH: what is mounted at a mount point and, where they are given, what the source of a bind mount
# is on and which device is meant; then fstab(5). Only from mountinfo: a path on a dead mount is never touched. Point and source
# are as the kernel escapes them; the path is the point as it is.
cfg_mounts() {
  cfg_best=; cfg_at=$1
  cfg_led=$(cfg_leads "$4" "$1"); cfg_led=${cfg_led%\?}
  if [ -n "$cfg_led" ]; then
    printf 'point %s\n' "${cfg_led%%|*}"; cfg_led=${cfg_led#*|}
    if [ "$cfg_led" != "$4" ]; then
      printf 'leads %s\n' "$cfg_led"
      cfg_at=$(printf %s "$cfg_led" | sed -e 's/\\/\\134/g' -e 's/ /\\040/g' -e "s/$(printf '\t')/\\\\011/g")
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
  cfg_path /etc/fstab - 1048576 '' ''
}

# cfg_check_mount LINE: whether findmnt(8) takes a line of fstab(5). Of that line alone: it touches the mount points of all it is given, and
# one of those may hang.
cfg_check_mount() {
  command -v findmnt >/dev/null 2>&1 || return 0
  cfg_tab=$(mktemp) || return
  trap 'rm -f -- "$cfg_tab"' EXIT
  printf '%s\n' "$1" >"$cfg_tab"
  cfg_said=$(timeout -k 5 20 findmnt --verify --tab-file "$cfg_tab" 2>&1)
  case $cfg_said in *'[E]'*|*'parse error at'*) printf '%s\n' "$cfg_said" >&2; return 1;; esac
}

# cfg_within SECONDS LATE COMMAND...: a command that has so long, and what is said where that is over.
cfg_within() {
  cfg_limit=$1 cfg_late=$2 cfg_exit=0
  shift 2
  timeout -k 5 "$cfg_limit" "$@" || cfg_exit=$?
  case $cfg_exit in 124|137) printf '%s\n' "$cfg_late" >&2;; esac
  return "$cfg_exit"
}
