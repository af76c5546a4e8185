LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin; export PATH
DEBIAN_FRONTEND=noninteractive; export DEBIAN_FRONTEND
umask 022
cd /

# cfg_as USER SCRIPT: runs the script as that user, with that user's home, whatever user this session has, and with these functions.
# All of it goes through a pipe, because every user can read arguments, and their length is limited. The script has no standard
# input.
cfg_as() {
  id -u "$1" >/dev/null 2>&1 || exit 121
  # shellcheck disable=SC2016 # for the other shell to expand
  cfg_reader='cfg_script=$(cat) && eval "$cfg_script" </dev/null'
  printf '%s\n%s\n' "$cfg_library" "$2" | if [ "$(id -un)" = "$1" ]; then sh -c "$cfg_reader"
  elif [ "$(id -u)" != 0 ]; then sudo -n -H -u "$1" -- sh -c "$cfg_reader"
  elif command -v runuser >/dev/null 2>&1; then
    eval "cfg_home=~$1"
    cd "$cfg_home" 2>/dev/null || cd / || exit
    HOME=$cfg_home USER=$1 LOGNAME=$1 runuser -u "$1" -- sh -c "$cfg_reader"
  else su -s /bin/sh - "$1" -c "$cfg_reader"; fi
}

# cfg_needs TOOL...: ends a probe that needs a command which does not exist, and names the command.
cfg_needs() {
  for cfg_tool; do command -v "$cfg_tool" >/dev/null 2>&1 || { echo "$cfg_tool"; exit 120; }; done
}

# cfg_needs_any TOOL...: ends a probe that needs one of several commands if none of them exists, and names them.
cfg_needs_any() {
  cfg_names=
  for cfg_tool; do
    ! command -v "$cfg_tool" >/dev/null 2>&1 || return 0
    cfg_names="$cfg_names${cfg_names:+ or }$cfg_tool"
  done
  echo "$cfg_names"; exit 120
}

# cfg_hides: whether other users cannot see what this shell prints: a command that is not a builtin has its arguments in the list of
# processes.
cfg_hides() {
  [ "$(command -v printf)" = printf ] || { echo 'printf is no builtin of this shell, so other users would see the secret' >&2; return 1; }
}

# cfg_digest: the SHA-256 of standard input.
cfg_digest() { cfg_sum=$(sha256sum) && printf '%s\n' "${cfg_sum%% *}"; }

# cfg_can_write PATH: whether this user can write it. access(2) tells that; it knows read-only file systems, and files that are
# immutable even for root. The test of some shells (busybox) uses only owners and modes, and lets root write anything; for those,
# the rest is checked here.
cfg_can_write() {
  [ -w "$1" ] || return
  if [ -O / ]; then
    # No user can write this file.
    [ -w /proc/sys/kernel/version ] || return 0
    case $1 in /proc/*) case $(stat -c %a -- "$1") in *[2367]??) ;; *) return 1;; esac;; esac
    cfg_flags=$(lsattr -d -- "$1" 2>/dev/null)
    case ${cfg_flags%% *} in *i*) return 1;; esac
  fi
  cfg_real=$(
    if [ -d "$1" ]; then cd -P -- "$1" && cfg_name=; else cfg_name=/${1##*/} && cd -P -- "${1%/*}/"; fi && printf '%s%s' "$PWD" "$cfg_name"
  ) || return
  cfg_on='' cfg_flags=''
  while read -r _ _ _ _ cfg_point cfg_options cfg_rest; do
    case $cfg_point in *\\*) cfg_point=$(printf '%b' "$cfg_point");; esac
    case ${cfg_real%/}/ in
      "${cfg_point%/}"/*) [ ${#cfg_point} -lt ${#cfg_on} ] || cfg_on=$cfg_point cfg_flags=$cfg_options,${cfg_rest##* };;
    esac
  done </proc/self/mountinfo
  case ,$cfg_flags, in *,ro,*) return 1;; esac
}

# cfg_denied PATH [GOES]: adds to cfg_missing the reasons why this user cannot replace the file at a path. A file that is itself a
# mount point cannot be replaced.
cfg_denied() {
  cfg_in=${1%/*}; cfg_in=${cfg_in:-/}
  if ! cfg_can_write "$cfg_in"; then cfg_refused "$cfg_in" directory
  elif [ -f "$1" ] && ! [ -L "$1" ] && [ -O / ] && ! cfg_can_write "$1"; then cfg_refused "$1" itself
  # Replacing another user's file would change its owner. It can be removed unless the directory is sticky.
  elif [ -e "$1" ] && ! [ -O "$1" ] && ! [ -O / ] && { [ -z "$2" ] || { [ -k "$cfg_in" ] && ! [ -O "$cfg_in" ]; }; }; then cfg_refused "$1" itself
  else
    case $cfg_mounted in *" $1 "*)
      while read -r _ _ _ _ cfg_point _; do
        [ "$cfg_point" != "$1" ] || { cfg_missing="$cfg_missing mounted:itself"; break; }
      done </proc/self/mountinfo;;
    esac
  fi
}

# cfg_escaped PATH: a path as the kernel writes it in mountinfo.
cfg_escaped() { printf %s "$1" | sed -e 's/\\/\\134/g' -e 's/ /\\040/g' -e 's/#/\\043/g' -e "s/$(printf '\t')/\\\\011/g"; }

# cfg_mounts_in DIRECTORY [NAME...]: the mount points below a directory (its path without links), or at or below those names in it;
# one per line, as the kernel escapes them. There is no other way: a bind mount has the device number of its source, so rm
# --one-file-system and find -xdev enter it.
cfg_mounts_in() {
  cfg_base=$(cfg_escaped "${1%/}")
  shift
  while read -r _ _ _ _ cfg_point _; do
    case $cfg_point in "$cfg_base"/*) ;; *) continue;; esac
    [ $# -gt 0 ] || { printf '%s\n' "$cfg_point"; continue; }
    cfg_top=${cfg_point#"$cfg_base"/}
    cfg_top=$(printf %b "$(printf %s "${cfg_top%%/*}" | sed 's/\\/\\0/g')")
    for cfg_name; do [ "$cfg_name" != "$cfg_top" ] || printf '%s\n' "$cfg_point"; done
  done </proc/self/mountinfo
}

# cfg_mounts_at PATH: the same, at or below a path.
cfg_mounts_at() {
  cfg_in=${1%/*}
  cfg_in=$(cd -P -- "${cfg_in:-/}" 2>/dev/null && pwd -P) || return 0
  cfg_mounts_in "$cfg_in" "${1##*/}"
}

# cfg_holds PATH: adds to cfg_missing the mounts at or below a path that is to be removed.
cfg_holds() {
  cfg_held=$(cfg_mounts_at "$1") || return
  [ -z "$cfg_held" ] || cfg_missing="$cfg_missing$(printf '%s\n' "$cfg_held" | sed 's/^/ holds:/' | tr -d '\n')"
}

# cfg_used NAME UID HOME: a process of a user whose number or home is about to change (an empty one does not count).
cfg_used() {
  cfg_entry=$(getent passwd "$1") || return 0
  cfg_uid=${cfg_entry#*:*:}; cfg_uid=${cfg_uid%%:*}; cfg_home=${cfg_entry%:*}; cfg_home=${cfg_home##*:}
  if [ "${2:-$cfg_uid}" != "$cfg_uid" ] || [ "${3:-$cfg_home}" != "$cfg_home" ]; then cfg_busy "$1"; fi
}

# cfg_home_mounts NAME: the mounts at or below a user's home.
cfg_home_mounts() { cfg_home "$1" || { [ $? = 2 ]; return; }; cfg_held=$(cfg_mounts_at "$cfg_home") && [ -z "$cfg_held" ] || printf '%s\n' "$cfg_held" | sed 's/^/holds=/'; }

# cfg_busy NAME: a process of a user, for which userdel(8) and usermod(8) refuse to act; processes in containers do not count.
cfg_busy() {
  cfg_uid=$(id -u -- "$1" 2>/dev/null) || return 0
  grep -lE "^Uid:.*[[:space:]]$cfg_uid([[:space:]]|\$)" /proc/[0-9]*/status 2>/dev/null | while read -r cfg_pid; do
    cfg_pid=${cfg_pid%/status}
    # shellcheck disable=SC3013 # POSIX has -ef since 2024, dash and busybox for long
    if [ "$cfg_pid/root" -ef / ] && read -r cfg_name <"$cfg_pid/comm"; then printf 'busy=%s %s\n' "${cfg_pid#/proc/}" "$cfg_name"; break; fi
  done 2>/dev/null
}

# cfg_replaced FILE: adds to cfg_missing what a replacement of the file will not have: its other names (hard links), and its access
# control list, as far as ls(1) shows one.
cfg_replaced() {
  read -r cfg_bits cfg_names _ <<EOF
$(ls -ld -- "$1")
EOF
  [ "${cfg_names:-1}" -le 1 ] || cfg_missing="$cfg_missing names:$cfg_names"
  case $cfg_bits in *+) cfg_missing="$cfg_missing acl";; esac
}

# cfg_refused PATH WHAT: adds to cfg_missing that this user cannot write a path, and why.
cfg_refused() {
  if ! [ -O / ]; then cfg_missing="$cfg_missing denied:$2:$(id -un)"; return; fi
  cfg_flags=$(lsattr -d -- "$1" 2>/dev/null)
  case ${cfg_flags%% *} in *[ia]*) cfg_missing="$cfg_missing immutable:$2";; *) cfg_missing="$cfg_missing readonly:$2";; esac
}

# cfg_group NAME: whether the group exists.
cfg_group() {
  if command -v getent >/dev/null 2>&1; then getent group "$1" >/dev/null; else grep -q "^$1:" /etc/group; fi
}

# cfg_accounts: adds to cfg_missing the reason why even root cannot write the account files.
cfg_accounts() { ! [ -O / ] || cfg_can_write /etc || cfg_refused /etc itself; }

# cfg_user NAME SHADOW HOME GROUP…: an entry of passwd(5) with the user's groups, and on request (any text) the relevant parts of
# the password and whether the home exists. Groups that do not exist are named.
cfg_user() {
  cfg_shadow=$2; cfg_home=$3; cfg_name=$1; shift 3
  cfg_missing=
  for cfg_g; do cfg_group "$cfg_g" || cfg_missing="$cfg_missing group:$cfg_g"; done
  cfg_accounts
  printf 'missing%s\n' "$cfg_missing"
  cfg_entry=$(getent passwd "$cfg_name") || { [ $? = 2 ] && echo absent && return; return 1; }
  printf 'passwd=%s\nprimary=%s\ngroups=%s\n' "$cfg_entry" "$(id -gn -- "$cfg_name")" "$(id -Gn -- "$cfg_name")"
  if [ -n "$cfg_shadow" ]; then
    cfg_entry=$(getent shadow "$cfg_name") || { echo "the shadow(5) entry of $cfg_name cannot be read; that needs root" >&2; return 1; }
    cfg_entry=${cfg_entry#*:}; cfg_entry=${cfg_entry%%:*}
    case $cfg_entry in !*|'*'*) echo locked=yes;; *) echo locked=no;; esac
    while :; do case $cfg_entry in !*) cfg_entry=${cfg_entry#!};; *) break;; esac; done
    case $cfg_entry in ''|'*') echo hash=;; *) printf 'hash=%s\n' "$(printf %s "$cfg_entry" | cfg_digest)";; esac
  fi
  if [ -n "$cfg_home" ]; then
    cfg_entry=$(getent passwd "$cfg_name"); cfg_entry=${cfg_entry%:*}
    timeout 10 test -d "${cfg_entry##*:}"; case $? in 0) echo home=yes;; 1) echo home=no;; *) echo "${cfg_entry##*:} does not answer" >&2; return 1;; esac
  fi
}

# cfg_members GROUP USER…: an entry of group(5), and which of the users do not exist.
cfg_members() {
  cfg_name=$1 cfg_missing=; shift
  for cfg_u; do id -u -- "$cfg_u" >/dev/null 2>&1 || cfg_missing="$cfg_missing user:$cfg_u"; done
  cfg_accounts
  printf 'missing%s\n' "$cfg_missing"
  getent group "$cfg_name" || { [ $? = 2 ] && echo absent; }
}

# cfg_no_group NAME: whether the group exists, and whose primary group it is; groupdel(8) refuses to remove a primary group.
cfg_no_group() {
  cfg_entry=$(getent group "$1") || { [ $? = 2 ] && echo exists=no; return; }
  echo exists=yes
  cfg_entry=${cfg_entry#*:*:}
  getent passwd | sed -n "s/^\([^:]*\):[^:]*:[^:]*:${cfg_entry%%:*}:.*/primary=\1/p" | head -n 1
}

# cfg_taken DATABASE NUMBER NAME: which other user or group already has the number.
cfg_taken() {
  cfg_entry=$(getent "$1" "$2") || { [ $? = 2 ] && return; return 1; }
  cfg_entry=${cfg_entry%%:*}
  [ "$cfg_entry" = "$3" ] || printf 'taken=%s\n' "$cfg_entry"
}

# cfg_home USER: sets cfg_home to the user's home directory; returns 2 when there is no such user.
cfg_home() { cfg_home=$(getent passwd "$1") || return; cfg_home=${cfg_home%:*}; cfg_home=${cfg_home##*:}; }

# cfg_acting: called before an operation acts: a failed command then ends the operation. A shell that is ended by a signal runs no
# EXIT trap (POSIX leaves it open), so the signal is turned into an exit, and temporary files are removed.
cfg_acting() { trap 'exit 143' TERM; set -e; }

# cfg_touch: the current step is about to write; until then it has changed nothing (see keeper.sh).
cfg_touch() { [ -z "$cfg_run" ] || ! [ -w "$cfg_run/phase" ] || printf 'part\n' >"$cfg_run/phase"; }

# cfg_git SECONDS ARGUMENT…: git with another machine, without questions: a request for a password, an unknown host key and silence
# are errors. The connection is not kept open, because its process would keep our standard error open.
cfg_git() {
  cfg_limit=$1; cfg_exit=0; shift
  cfg_ssh="${GIT_SSH_COMMAND:-$(git config --get core.sshCommand || echo ssh)} -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=10 -o ControlMaster=no"
  { cfg_said=$(GIT_TERMINAL_PROMPT=0 GIT_HTTP_LOW_SPEED_LIMIT=1 GIT_HTTP_LOW_SPEED_TIME=20 GIT_SSH_COMMAND=$cfg_ssh timeout -k 5 "$cfg_limit" git "$@" 2>&1 >&3 3>&-) || cfg_exit=$?; } 3>&1
  [ -z "$cfg_said" ] || printf '%s\n' "$cfg_said" >&2
  case $cfg_exit:$cfg_said in
    0:*) ;;
    124:*|137:*) echo "git $* did not end within $cfg_limit s" >&2;;
    *'IDENTIFICATION HAS CHANGED'*) ;;
    *'Host key verification failed'*) echo "  hint: $(id -un) does not know the repository's host here: compare what ssh-keyscan prints, and declare it as a Line of /etc/ssh/ssh_known_hosts" >&2;;
  esac
  return $cfg_exit
}

# cfg_unit UNIT PROPERTIES ENABLED: systemd's properties of a unit. The sub-state is not part of the answer, because it changes
# without a cause; only that a service waits for its next start attempt is. For an init script only systemctl can tell more. With
# ENABLED (any text), also the relevant part of its [Install] section: a unit is called enabled whatever links it has, and a unit
# without links of its own may have others enabled in its place.
cfg_unit() {
  cfg_unit=$(systemctl show --property="Id,LoadState,LoadError,FragmentPath,UnitFileState,SourcePath${2:+,$2}" -- "$1") || return
  printf '%s\n' "$cfg_unit" | grep -v '^SubState='
  case $cfg_unit in *UnitFileState=generated*) printf 'IsEnabled=%s\n' "$(systemctl is-enabled -- "$1" 2>/dev/null)";; esac
  case $cfg_unit in *SubState=auto-restart*) echo Restarting=yes;; esac
  [ -n "$3" ] || return 0
  cfg_property FragmentPath; cfg_fragment=$cfg_value
  cfg_property Id; cfg_id=$cfg_value
  [ -f "$cfg_fragment" ] || return 0
  cfg_property UnitFileState
  case $cfg_value in
    enabled) if cfg_install_is_older "$cfg_id" "$cfg_fragment"; then echo Install=older; fi;;
    indirect)
      cfg_also=
      for cfg_name in $(cfg_install "$cfg_id" "$cfg_fragment" | sed -n 's/^Also //p'); do
        cfg_also="$cfg_also $cfg_name:$(systemctl is-enabled -- "$cfg_name" 2>/dev/null)"
      done
      printf 'Also=%s\n' "${cfg_also# }";;
    linked*) [ -n "$(cfg_install "$cfg_id" "$cfg_fragment")" ] || echo Install=none;;
  esac
}

# cfg_triggers UNIT...: the active ones of the units that may start another one.
cfg_triggers() {
  cfg_word=
  for cfg_name; do ! systemctl -q is-active -- "$cfg_name" || cfg_word="$cfg_word $cfg_name"; done
  [ -z "$cfg_word" ] || printf 'Triggers=%s\n' "${cfg_word# }"
}

# cfg_property NAME: sets cfg_value to the value of that line in $cfg_unit.
cfg_property() {
  cfg_value="
$cfg_unit
"
  case $cfg_value in
    *"
$1="*) cfg_value=${cfg_value#*"
$1="}; cfg_value=${cfg_value%%"
"*};;
    *) cfg_value=;;
  esac
}

# cfg_install UNIT FRAGMENT: the [Install] section of a unit and its drop-ins, as NAME WORD… lines.
cfg_install() {
  for cfg_file in "$2" "/etc/systemd/system/$1.d"/*.conf "/etc/systemd/system/${2##*/}.d"/*.conf; do
    [ ! -f "$cfg_file" ] || sed -n '/^\[Install\]/,/^\[[^I]/s/^[[:space:]]*\([A-Za-z]*\)[[:space:]]*=[[:space:]]*/\1 /p' "$cfg_file"
  done
}

# cfg_install_links UNIT FRAGMENT: sets cfg_have to the links that are made for an enabled unit.
cfg_install_links() {
  cfg_have=
  for cfg_link in "/etc/systemd/system"/*.wants/"$1" "/etc/systemd/system"/*.requires/"$1" "/etc/systemd/system"/*.upholds/"$1"; do
    [ ! -L "$cfg_link" ] || cfg_have="$cfg_have ${cfg_link#/etc/systemd/system/}"
  done
  for cfg_link in /etc/systemd/system/*."${1##*.}"; do
    # shellcheck disable=SC3013 # POSIX has -ef since 2024, dash and busybox for long
    if [ -L "$cfg_link" ] && [ "${cfg_link##*/}" != "$1" ] && [ "$cfg_link" -ef "$2" ]; then cfg_have="$cfg_have ${cfg_link##*/}"; fi
  done
}

# cfg_install_is_older UNIT FRAGMENT: whether the links of an enabled unit differ from its [Install] section. If they seem to
# differ, systemctl makes them in a temporary directory for comparison: it knows continued and repeated lists, and specifiers.
cfg_install_is_older() {
  cfg_install_links "$1" "$2"
  cfg_asked=$(cfg_install "$1" "$2" | while read -r cfg_name cfg_words; do
    for cfg_word in $cfg_words; do
      case $cfg_name in
        WantedBy) printf ' %s' "$cfg_word.wants/$1";;
        RequiredBy) printf ' %s' "$cfg_word.requires/$1";;
        UpheldBy) printf ' %s' "$cfg_word.upholds/$1";;
        Alias) [ "$cfg_word" = "$1" ] || printf ' %s' "$cfg_word";;
      esac
    done
  done)
  ! cfg_same "$cfg_have" "$cfg_asked" || return 1
  cfg_root=$(mktemp -d) || return 1
  mkdir -p "$cfg_root/etc/systemd/system/$1.d"
  for cfg_file in "$2" "/etc/systemd/system/$1.d"/*.conf "/etc/systemd/system/${2##*/}.d"/*.conf; do
    cfg_copy=$cfg_root/etc/systemd/system/${2##*/}
    [ "$cfg_file" = "$2" ] || cfg_copy=$cfg_root/etc/systemd/system/$1.d/${cfg_file##*/}
    [ ! -f "$cfg_file" ] || sed '/^[[:space:]]*Also[[:space:]]*=/d' "$cfg_file" >"$cfg_copy"
  done
  cfg_asked=
  if systemctl --root="$cfg_root" enable -- "$1" >/dev/null 2>&1; then
    for cfg_link in "$cfg_root/etc/systemd/system"/*.wants/* "$cfg_root/etc/systemd/system"/*.requires/* "$cfg_root/etc/systemd/system"/*.upholds/* "$cfg_root/etc/systemd/system"/*; do
      [ ! -L "$cfg_link" ] || cfg_asked="$cfg_asked ${cfg_link#"$cfg_root/etc/systemd/system/"}"
    done
  else cfg_asked=$cfg_have; fi
  rm -rf -- "$cfg_root"
  ! cfg_same "$cfg_have" "$cfg_asked"
}

# cfg_same WORDS WORDS: whether they are the same words, in any order.
cfg_same() {
  for cfg_word in $1; do case " $2 " in *" $cfg_word "*) ;; *) return 1;; esac; done
  for cfg_word in $2; do case " $1 " in *" $cfg_word "*) ;; *) return 1;; esac; done
}

# cfg_apt_locks SECONDS: waits until no process holds the locks of apt and dpkg, and names the process that does.
cfg_apt_locks() {
  cfg_await "$1" cfg_lock_holder /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock
}

# cfg_await SECONDS COMMAND…: waits until the command sets no name in cfg_holder. It gives up, with the name, before the step's own
# deadline, which would give no name.
cfg_await() {
  cfg_waited=0; cfg_limit=$1
  [ "${cfg_allowed:-$1}" -gt "$1" ] || cfg_limit=$((${cfg_allowed:-$1} - 2))
  shift
  while :; do
    cfg_holder=
    "$@"
    [ -n "$cfg_holder" ] || return 0
    [ "$cfg_waited" -gt 0 ] || echo "waiting: $cfg_holder" >&2
    [ "$cfg_waited" -lt "$cfg_limit" ] || { echo "gave up after $cfg_waited s: $cfg_holder" >&2; return 1; }
    sleep 1; cfg_waited=$((cfg_waited + 1))
  done
}

# cfg_lock_holder FILE…: the process that holds the first of these locks that is taken. They are fcntl(2) locks, which proc(5) lists
# in /proc/locks with process and inode. The process must have the file open, because another file can have the same inode number.
cfg_lock_holder() {
  for cfg_lock; do
    cfg_inode=$(stat -c %i "$cfg_lock" 2>/dev/null) || continue
    while read -r cfg_1 cfg_2 cfg_3 cfg_4 cfg_pid cfg_file cfg_5; do
      case $cfg_file in *:"$cfg_inode")
        # shellcheck disable=SC2010 # what the links of a process point to
        if ls -l "/proc/$cfg_pid/fd" 2>/dev/null | grep -qF -e "-> $cfg_lock"; then cfg_held_by "$cfg_lock" "$cfg_pid"; return 0; fi;;
      esac
    done </proc/locks
  done
}

# cfg_held_by FILE PID: names the process that holds a lock.
cfg_held_by() {
  cfg_holder="$1 is held by $(cat "/proc/$2/comm" 2>/dev/null || echo "a process that is gone") (pid $2)"
  ! grep -q '^State:.*[Tt] (' "/proc/$2/status" 2>/dev/null || cfg_holder="$cfg_holder, which is stopped"
}

# cfg_apt_update: fetches apt's index, after waiting for others, and notes success if all of it was fetched. Older versions of apt
# exit with 0 even if a file could not be fetched (apt-get(8)), so its output counts as well.
cfg_apt_update() {
  cfg_apt_locks 600 && cfg_touch || return
  cfg_said=$(apt-get -q update -o APT::Update::Error-Mode=any -o Acquire::Retries=1 2>&1) || { printf '%s\n' "$cfg_said" >&2; return 1; }
  if printf '%s\n' "$cfg_said" | grep -e '^E: ' -e '^W: Failed' >&2; then return 1; fi
  mkdir -p /var/lib/apt/periodic && touch /var/lib/apt/periodic/update-success-stamp
}

# cfg_apt_install HOLD LET FIRST ARGUMENT…: apt-get with these arguments, after waiting for others. It removes the holds of packages
# that it changes. Afterwards, also after a failure, everything that was held, and HOLD, is held again, except LET. A file notes
# that until it is done, so that a run after a power cut finds it. With FIRST, interrupted work of dpkg is finished before.
cfg_apt_install() {
  cfg_hold=$1 cfg_let=" $2 " cfg_first=$3 cfg_keep=
  shift 3
  cfg_apt_locks 600 || return
  cfg_touch || return
  cfg_holds=${CFG_RECORDS:-/var/lib/configengine}/holds
  for cfg_name in $(apt-mark showhold && cd "$cfg_holds" 2>/dev/null && printf '%s\n' *) $cfg_hold; do
    case "$cfg_let $cfg_keep " in *" $cfg_name "*) ;; *) [ "$cfg_name" = '*' ] || cfg_keep="$cfg_keep $cfg_name";; esac
  done
  for cfg_name in $cfg_let; do rm -f -- "$cfg_holds/$cfg_name"; done
  if [ -n "$cfg_keep" ]; then
    (umask 077; mkdir -p -- "$cfg_holds" && for cfg_name in $cfg_keep; do true >"$cfg_holds/$cfg_name" || exit; done && { sync "$cfg_holds" 2>/dev/null || sync; }) || return
    trap 'cfg_hold_again $?' EXIT
  fi
  if [ -n "$cfg_first" ]; then dpkg --force-confdef --force-confold --configure -a || return; fi
  apt-get "$@"
}

# cfg_hold_again EXIT: holds the noted packages that are installed, and ends with that exit code, or with another one on failure.
cfg_hold_again() {
  cfg_there=
  for cfg_name in $cfg_keep; do
    case $(dpkg-query -W -f='${db:Status-Abbrev}' -- "$cfg_name" 2>/dev/null) in ''|?n*|?c*) ;; *) cfg_there="$cfg_there $cfg_name";; esac
  done
  # shellcheck disable=SC2086 # names of packages
  if [ -n "$cfg_there" ] && ! apt-mark hold $cfg_there >/dev/null; then
    echo "not held again, and still owed:$cfg_there" >&2
    [ "$1" != 0 ] || exit 1
    exit "$1"
  fi
  for cfg_name in $cfg_keep; do rm -f -- "$cfg_holds/$cfg_name"; done
  exit "$1"
}

# cfg_apt_hold VERB NAME…: apt-mark hold or unhold, after waiting for others.
cfg_apt_hold() {
  cfg_apt_locks 600 && cfg_touch && apt-mark "$@" || return
  shift
  for cfg_name; do rm -f -- "${CFG_RECORDS:-/var/lib/configengine}/holds/$cfg_name"; done
}

# cfg_is_read UNIT: whether systemd has loaded the unit's current files. Before version 257 it does not notice a new directory of
# drop-ins, because it keeps a list of those directories.
cfg_is_read() {
  cfg_unit=$(systemctl show --property=NeedDaemonReload,DropInPaths -- "$1" 2>/dev/null)
  case $cfg_unit in *NeedDaemonReload=yes*) return 1;; esac
  cfg_property DropInPaths
  for cfg_dir in /etc/systemd/system /run/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system; do
    for cfg_file in "$cfg_dir/$1.d"/*.conf "$cfg_dir/${1%%@*}@.${1##*.}.d"/*.conf "$cfg_dir/${1##*.}.d"/*.conf; do
      [ ! -s "$cfg_file" ] || case "$cfg_value " in */"${cfg_file##*/} "*) ;; *) return 1;; esac
    done
  done
}

# cfg_systemctl VERB UNIT: systemctl start, restart, reload-or-restart or stop, with the unit's current files: systemd does not load
# changed, added or removed files by itself. After a start, this checks for a moment whether the service stays up, because systemctl
# succeeds as soon as a process was forked. If it does not stay up, its last output is the error.
cfg_systemctl() {
  if cfg_is_read "$2"; then :; else systemctl daemon-reload || return; fi
  if [ "$1" = stop ]; then systemctl stop -- "$2"; return; fi
  cfg_begun=$(date +%s); cfg_looks=0; cfg_restarts=
  systemctl reset-failed -- "$2" 2>/dev/null || :
  if systemctl "$1" -- "$2"; then
    while :; do
      cfg_unit=$(systemctl show --property=ActiveState,SubState,Type,NRestarts -- "$2") || return
      cfg_count=${cfg_unit##*NRestarts=}; cfg_count=${cfg_count%%[!0-9]*}
      case $cfg_unit in
        *Type=oneshot*) return 0;;
        *SubState=auto-restart*|*ActiveState=failed*|*ActiveState=inactive*|*ActiveState=deactivating*) break;;
        *Type=simple*|*Type=exec*|*Type=idle*|*Type=forking*) [ "$cfg_count" = "${cfg_restarts:-$cfg_count}" ] || break;;
        *) return 0;;
      esac
      [ "$cfg_looks" -lt 5 ] || return 0
      cfg_restarts=$cfg_count; cfg_looks=$((cfg_looks + 1)); sleep 0.2
    done
    echo "$2 is not up after its start: $(systemctl show --property=ActiveState,SubState,Result,ExecMainStatus -- "$2" | tr '\n' ' ')" >&2
  fi
  journalctl --sync >/dev/null 2>&1 || :
  journalctl --quiet --no-pager --output=cat --lines=20 --since="@$cfg_begun" --unit="$2" >&2 2>/dev/null || :
  return 1
}

# cfg_end_below PID: ends a process and everything that it started, except this process and supervised operations.
cfg_end_below() {
  read -r cfg_self cfg_rest </proc/self/stat
  cfg_spared=; [ -z "$cfg_run" ] || read -r cfg_spared <"$cfg_run/uncut" || cfg_spared=
  # The next request in its pipe must not begin after the running one has ended.
  kill -s STOP "$1"
  for cfg_signal in TERM KILL; do
    cfg_pairs=
    for cfg_stat in /proc/[0-9]*/stat; do
      read -r cfg_line <"$cfg_stat" || continue
      cfg_rest=${cfg_line##*) }; cfg_rest=${cfg_rest#* }
      cfg_pid=${cfg_stat#/proc/}; cfg_pairs="$cfg_pairs ${cfg_pid%/stat}:${cfg_rest%% *}"
    done
    cfg_below=" $1 "; cfg_more=1
    while [ -n "$cfg_more" ]; do
      cfg_more=
      for cfg_pair in $cfg_pairs; do
        cfg_pid=${cfg_pair%:*}
        [ "$cfg_pid" != "$cfg_self" ] && [ "$cfg_pid" != "$cfg_spared" ] || continue
        case $cfg_below in
          *" $cfg_pid "*) ;;
          *" ${cfg_pair#*:} "*) cfg_below="$cfg_below$cfg_pid "; cfg_more=1;;
        esac
      done
    done
    # shellcheck disable=SC2086 # a list of processes
    kill -s $cfg_signal ${cfg_below#" $1 "}
    [ $cfg_signal = KILL ] || sleep 2
  done
  kill -s KILL "$1"
}
