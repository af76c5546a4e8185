# cfg_dnf_package NAME BARE CANDIDATE: dnf|ARCH, then a line installed|WANT|VERSION|ARCH for each installed one, and on request the
# version that the index prefers. If no installed package has that name, the packages that provide it follow, unless the index has a
# package of that name.
cfg_dnf_package() {
  printf 'dnf|%s\n' "$(uname -m)"
  [ ! -f /etc/dnf/plugins/versionlock.conf ] || echo 'locks|'
  [ ! -e "${CFG_RECORDS:-/var/lib/configengine}/holds/$1" ] || echo 'hold-owed|'
  cfg_exit=0
  cfg_answer=$(cfg_rpms "$1") || cfg_exit=$?
  if [ "$cfg_exit" != 0 ]; then
    [ "$cfg_answer" = "package $1 is not installed" ] || { printf '%s\n' "$cfg_answer" >&2; return 1; }
    cfg_answer=
  fi
  cfg_found=$(printf '%s\n' "$cfg_answer" | while IFS='|' read -r cfg_name cfg_epoch cfg_version cfg_arch; do
    case $1 in "$cfg_name"|"$cfg_name.$cfg_arch") cfg_rpm_line installed;; esac
  done)
  [ -z "$cfg_found" ] || printf '%s\n' "$cfg_found"
  if [ -n "$3" ]; then
    cfg_which='--available --latest-limit=1'
    [ -z "$cfg_found" ] || cfg_which='--upgrades --latest-limit=1'
    # shellcheck disable=SC2086 # options, as words
    cfg_dnf_ask $cfg_which --qf 'candidate|%{evr}|%{arch}' "$1"
  fi
  [ -z "$cfg_found" ] || return 0
  cfg_answer=$(rpm -q --whatprovides --qf '%{NAME}|%{EPOCHNUM}|%{VERSION}-%{RELEASE}|%{ARCH}\n' -- "$1" 2>/dev/null) || return 0
  [ -z "$(cfg_dnf_ask --available --qf '%{name}' "$1")" ] || return 0
  printf '%s\n' "$cfg_answer" | while IFS='|' read -r cfg_name cfg_epoch cfg_version cfg_arch; do cfg_rpm_line provided "|$cfg_name"; done
}

# cfg_rpms NAME…: NAME|EPOCH|VERSION-RELEASE|ARCH of installed packages.
cfg_rpms() { rpm -q --qf '%{NAME}|%{EPOCHNUM}|%{VERSION}-%{RELEASE}|%{ARCH}\n' -- "$@"; }

# cfg_rpm_line WORD [MORE]: a line about $cfg_name, $cfg_epoch, $cfg_version and $cfg_arch.
cfg_rpm_line() {
  cfg_want=install
  ! cfg_dnf_is_locked || cfg_want=hold
  [ "$cfg_epoch" = 0 ] || cfg_version=$cfg_epoch:$cfg_version
  printf '%s|%s|%s|%s%s\n' "$1" "$cfg_want" "$cfg_version" "$cfg_arch" "${2-}"
}

# cfg_dnf_ask OPTIONS…: asks dnf's index as it was fetched last, without version locks. Without an index, nothing is known.
cfg_dnf_ask() { dnf -q -C --setopt=*.skip_if_unavailable=True --disableplugin=versionlock repoquery "$@" 2>/dev/null </dev/null || true; }

# cfg_dnf_locklist: the file with the version locks, if dnf has the plugin for that (dnf-versionlock(8)).
cfg_dnf_locklist() {
  [ -f /etc/dnf/plugins/versionlock.conf ] || return 0
  cfg_list=$(sed -n 's/^[[:space:]]*locklist[[:space:]]*=[[:space:]]*//p' /etc/dnf/plugins/versionlock.conf)
  echo "${cfg_list:-/etc/dnf/plugins/versionlock.list}"
}

# cfg_dnf_is_locked: whether a pattern of that file is about $cfg_name at $cfg_epoch and $cfg_version.
cfg_dnf_is_locked() {
  cfg_list=$(cfg_dnf_locklist)
  [ -n "$cfg_list" ] && [ -f "$cfg_list" ] || return 1
  while read -r cfg_pattern cfg_rest || [ -n "$cfg_pattern" ]; do
    # shellcheck disable=SC2254 # they are patterns
    case $cfg_pattern in
      ''|'#'*|'!'*) ;;
      *)
        case $cfg_name-$cfg_epoch:$cfg_version.$cfg_arch in $cfg_pattern) return 0;; esac
        case $cfg_name-$cfg_version.$cfg_arch in $cfg_pattern) return 0;; esac
        case $cfg_name in $cfg_pattern) return 0;; esac;;
    esac
  done <"$cfg_list"
  return 1
}

# cfg_dnf_entries NAME: the lines of that file about a package, in any version: NAME, or NAME-EPOCH:VERSION.
cfg_dnf_entries() {
  cfg_list=$(cfg_dnf_locklist)
  [ -n "$cfg_list" ] && [ -f "$cfg_list" ] || return 0
  while read -r cfg_pattern cfg_rest || [ -n "$cfg_pattern" ]; do
    cfg_epoch=${cfg_pattern#"$1"-}
    case $cfg_pattern in
      "$1") echo "$cfg_pattern";;
      "$1"-*:*) case ${cfg_epoch%%:*} in ''|*[!0-9]*) ;; *) echo "$cfg_pattern";; esac;;
    esac
  done <"$cfg_list"
}

# cfg_dnf OPTIONS ITEM…: a transaction of NAME, NAME=VERSION and NAME-, with these extra options. A transaction that both installs
# and removes needs dnf's own shell. That shell continues after an error and ends with 0, so its output counts, and the transaction
# is resolved once before.
cfg_dnf() {
  case $(readlink -f "$(command -v dnf)") in
    */dnf5|'') echo 'this host has dnf 5, which cfg does not know yet: it knows dnf 4' >&2; return 1;;
  esac
  cfg_options="--allowerasing --color=never --setopt=install_weak_deps=${cfg_weak-False} --setopt=clean_requirements_on_remove=False --setopt=strict=True ${cfg_plugins-} $1"
  shift
  cfg_in= cfg_out= cfg_lines=
  for cfg_item; do
    case $cfg_item in
      *=*)
        cfg_name=${cfg_item%%=*} cfg_arch=
        case $cfg_name in *.noarch|*.x86_64|*.i[3-6]86|*.aarch64|*.ppc64le|*.s390x) cfg_arch=.${cfg_name##*.} cfg_name=${cfg_name%.*};; esac
        cfg_item=$cfg_name-${cfg_item#*=}$cfg_arch;;
    esac
    case $cfg_item in
      *-) cfg_out="$cfg_out ${cfg_item%-}" cfg_lines="${cfg_lines}remove ${cfg_item%-}
";;
      *) cfg_in="$cfg_in $cfg_item" cfg_lines="${cfg_lines}install $cfg_item
";;
    esac
  done
  # shellcheck disable=SC2086 # lists of words
  if [ -z "$cfg_out" ]; then dnf $cfg_options install $cfg_in </dev/null
  elif [ -z "$cfg_in" ]; then dnf $cfg_options remove $cfg_out </dev/null
  else
    cfg_file=$(mktemp) || return
    printf '%stransaction run\n' "$cfg_lines" >"$cfg_file"
    case $cfg_options in *' -y'*)
      cfg_words=$(dnf $cfg_options --assumeno shell "$cfg_file" </dev/null 2>&1) || true
      if ! cfg_dnf_could "$cfg_words"; then rm -f -- "$cfg_file"; printf '%s\n' "$cfg_words" >&2; return 1; fi;;
    esac
    cfg_words=$(dnf $cfg_options shell "$cfg_file" </dev/null 2>&1) || true
    rm -f -- "$cfg_file"
    printf '%s\n' "$cfg_words"
    cfg_wrong=$(cfg_dnf_errors "$cfg_words") || true
    [ -z "$cfg_wrong" ] || { printf '%s\n' "$cfg_wrong" >&2; return 1; }
  fi
}

# cfg_dnf_weakly FUNCTION ARGUMENT…: a transaction, or its simulation, with the weak dependencies of its packages.
cfg_dnf_weakly() {
  cfg_weak=True
  "$@"
}

# cfg_dnf_errors WORDS: the errors in dnf's output, without the expected ones and without repositories that dnf continues without.
cfg_dnf_errors() {
  printf '%s\n' "$1" | grep '^Error' | grep -v -e 'Operation aborted' -e 'Cache-only enabled' -e 'Failed to download metadata for repo'
}

# cfg_dnf_could WORDS: whether dnf, which was told to assume "no", could have made a transaction, by its output.
cfg_dnf_could() {
  [ -z "$(cfg_dnf_errors "$1")" ] || return 1
  case $1 in *'Operation aborted.'*|*'Nothing to do.'*) return 0;; *) return 1;; esac
}

# cfg_dnf_simulation LET ITEM…: what a transaction would do, by the index as it was fetched last, without the version locks of the
# packages in LET. dnf does not say which item causes which step, so several items are also simulated one by one.
cfg_dnf_simulation() {
  cfg_let=$1 cfg_plugins=; shift
  cfg_list=$(cfg_dnf_locklist)
  if [ -n "$cfg_let" ] && [ -n "$cfg_list" ] && [ -f "$cfg_list" ]; then
    cfg_dir=$(mktemp -d) || return
    trap 'rm -rf -- "$cfg_dir"' EXIT
    cp -p /etc/dnf/plugins/*.conf "$cfg_dir" && cp "$cfg_list" "$cfg_dir/list" && printf '[main]\nenabled = 1\nlocklist = %s/list\n' "$cfg_dir" >"$cfg_dir/versionlock.conf" || return
    for cfg_name in $cfg_let; do
      cfg_dnf_entries "$cfg_name" >"$cfg_dir/gone"
      { grep -vxF -f "$cfg_dir/gone" "$cfg_dir/list" || true; } >"$cfg_dir/kept" && mv "$cfg_dir/kept" "$cfg_dir/list" || return
    done
    cfg_plugins=--setopt=pluginconfpath=$cfg_dir
  fi
  if ! cfg_dnf_simulate "$@"; then
    cfg_all=$cfg_said cfg_wrong=
    for cfg_one; do
      [ $# -gt 1 ] || { cfg_dnf_why "$cfg_one" "$cfg_said" >&2; return 1; }
      cfg_dnf_simulate "$cfg_one" || { cfg_wrong=yes; cfg_dnf_why "$cfg_one" "$cfg_said" >&2; }
    done
    [ -n "$cfg_wrong" ] || printf '%s\n' "$cfg_all" | sed -n '/^Error/,$p' >&2
    return 1
  fi
  printf '%s\n' "$cfg_will"
  cfg_names=$(printf '%s\n' "$cfg_will" | cut -d '|' -f 3 | sort -u)
  # shellcheck disable=SC2086 # names of packages
  [ -z "$cfg_names" ] || rpm -q --qf 'now|%{NAME}|%{ARCH}|%{EVR}\n' -- $cfg_names | grep '^now|' || true
  for cfg_item; do
    case $cfg_item in *-|*=*) continue;; esac
    case "
$cfg_names
" in *"
$cfg_item
"*|*"
${cfg_item%.*}
"*) ;; *) cfg_dnf_ask --whatprovides "$cfg_item" --qf "provides|$cfg_item|%{name}" | sort -u;; esac
  done
  [ $# -gt 1 ] && [ "$(printf '%s\n' "$cfg_names" | grep -c .)" -gt $# ] || return 0
  for cfg_item; do
    cfg_item_is=$cfg_item
    cfg_dnf_simulate "$cfg_item" && printf '%s\n' "$cfg_will" | sed -n "s/^will|/alone|$cfg_item_is|/p"
  done
}

# cfg_dnf_simulate ITEM…: sets cfg_will to lines will|WHAT|NAME|ARCH|VERSION, or fails and sets cfg_said to dnf's output.
cfg_dnf_simulate() {
  cfg_said=$(cfg_dnf '-v -C --setopt=*.skip_if_unavailable=True --assumeno' "$@" 2>&1) || true
  cfg_will=$(printf '%s\n' "$cfg_said" | sed -n 's/^---> Package \(.*\)\.\([^.]*\) \([^ ]*\) will be \(.*\)$/will|\4|\1|\2|\3/p')
  cfg_dnf_could "$cfg_said"
}

# cfg_dnf_why ITEM WORDS: why dnf cannot do that, and the available versions if the version is the reason.
cfg_dnf_why() {
  case $1 in *=*)
    cfg_there=$(cfg_dnf_ask --available --qf '%{evr}' "${1%%=*}" | sort -u)
    if [ -n "$cfg_there" ] && ! printf '%s\n' "$cfg_there" | grep -qxF -e "${1#*=}"; then
      # shellcheck disable=SC2086 # a list of versions
      printf '%s: dnf'"'"'s index has no version %s of it; it has%s\n' "${1%%=*}" "${1#*=}" "$(printf ' %s,' $cfg_there | sed 's/,$//')"
      return
    fi;;
  esac
  cfg_item=${1%%=*}
  printf '%s: dnf says:\n' "${cfg_item%-}"
  printf '%s\n' "$2" | sed -n -e '/^Error: *[^ ]/p' -e '/^ *Problem/p' -e '/^  *- /p' -e '/dnf 5/p' | grep -v 'Operation aborted' || printf '%s\n' "$2" | tail -n 3
}

# cfg_dnf_wait: waits until no process holds the locks of dnf and rpm, and names the process that does. dnf writes its process
# number into its own lock.
cfg_dnf_wait() { cfg_await 600 cfg_dnf_holder; }

cfg_dnf_holder() {
  for cfg_lock in /var/cache/dnf/metadata_lock.pid /var/cache/dnf/download_lock.pid /var/lib/dnf/rpmdb_lock.pid; do
    cfg_pid=
    [ ! -f "$cfg_lock" ] || read -r cfg_pid <"$cfg_lock" || true
    case $cfg_pid in ''|*[!0-9]*) continue;; esac
    [ ! -d "/proc/$cfg_pid" ] || { cfg_held_by "$cfg_lock" "$cfg_pid"; return 0; }
  done
  cfg_lock_holder /var/lib/rpm/.rpm.lock /usr/lib/sysimage/rpm/.rpm.lock
}

# cfg_dnf_install HOLD LET ITEM…: a transaction, after waiting for others, with the index that the plan saw. The locks of the
# packages in HOLD are removed before and set again afterwards, also after a failure; the locks of those in LET are only removed. A
# file notes HOLD until then, so that a run after a power cut finds it.
cfg_dnf_install() {
  cfg_hold=$1 cfg_let=$2; shift 2
  cfg_dnf_wait || return
  cfg_touch || return
  cfg_holds=${CFG_RECORDS:-/var/lib/configengine}/holds
  if [ -n "$cfg_hold" ]; then
    (umask 077; mkdir -p -- "$cfg_holds" && for cfg_name in $cfg_hold; do true >"$cfg_holds/$cfg_name" || exit; done && { sync "$cfg_holds" 2>/dev/null || sync; }) || return
    trap 'cfg_dnf_hold_again $?' EXIT
  fi
  for cfg_name in $cfg_hold $cfg_let; do cfg_dnf_unlock "$cfg_name" || return; done
  for cfg_name in $cfg_let; do rm -f -- "$cfg_holds/$cfg_name"; done
  cfg_dnf '-y --setopt=*.metadata_expire=never' "$@"
}

# cfg_dnf_hold_again EXIT: locks the versions of the noted packages that are installed, and ends with that exit code, or with
# another one on failure.
cfg_dnf_hold_again() {
  cfg_exit=$1
  for cfg_name in $cfg_hold; do
    if ! rpm -q -- "$cfg_name" >/dev/null || cfg_dnf_lock "$cfg_name"; then rm -f -- "$cfg_holds/$cfg_name"
    else
      echo "not kept at its version again, and still owed: $cfg_name" >&2
      [ "$cfg_exit" != 0 ] || cfg_exit=1
    fi
  done
  exit "$cfg_exit"
}

cfg_dnf_unlock() {
  cfg_dnf_entries "$1" | while read -r cfg_entry; do
    dnf -q -C versionlock delete --raw "$cfg_entry" >/dev/null </dev/null || exit
  done
}

cfg_dnf_lock() {
  cfg_rpms "$1" | while IFS='|' read -r cfg_name cfg_epoch cfg_version cfg_arch; do
    dnf -q -C versionlock add --raw "$cfg_name-$cfg_epoch:$cfg_version.*" >/dev/null </dev/null || exit
  done
}

# cfg_dnf_hold hold|unhold NAME…: locks the versions of packages, or unlocks them, after waiting for others.
cfg_dnf_hold() {
  cfg_dnf_wait && cfg_touch || return
  cfg_verb=$1; shift
  for cfg_one; do
    cfg_dnf_unlock "$cfg_one" || return
    [ "$cfg_verb" = unhold ] || cfg_dnf_lock "$cfg_one" || return
    rm -f -- "${CFG_RECORDS:-/var/lib/configengine}/holds/$cfg_one"
  done
}

# cfg_dnf_fresh SECONDS: whether all of dnf's index was fetched within that time, and still exists. dnf skips a repository that it
# cannot reach, so only the file counts that this tool touches after a success.
cfg_dnf_fresh() {
  for cfg_file in /var/cache/dnf/*/repodata/repomd.xml; do
    [ -e "$cfg_file" ] || continue
    if cfg_stamp=$(stat -c %Y /var/cache/dnf/configengine-index 2>/dev/null) && [ $(($(date +%s) - cfg_stamp)) -le "$1" ]; then cfg_fresh=true; fi
    break
  done
}

# cfg_dnf_agents CACHE: ends the gpg agents that dnf leaves running, one for each signed index.
cfg_dnf_agents() {
  command -v gpgconf >/dev/null 2>&1 || return 0
  for cfg_file in "$1"/*/pubring; do [ ! -d "$cfg_file" ] || gpgconf --homedir "$cfg_file" --kill all >/dev/null 2>&1 || true; done
}

# cfg_dnf_update: fetches all of dnf's index, after waiting for others, and notes the success.
cfg_dnf_update() {
  cfg_dnf_wait && cfg_touch || return
  cfg_said=$(dnf makecache --refresh --setopt=*.skip_if_unavailable=False --setopt=*.retries=2 </dev/null 2>&1) || { cfg_dnf_agents /var/cache/dnf; printf '%s\n' "$cfg_said" >&2; return 1; }
  cfg_dnf_agents /var/cache/dnf
  touch /var/cache/dnf/configengine-index
}

# cfg_dnf_upgrade [security]: see cfg_upgrade. By the index as it was fetched last.
cfg_dnf_upgrade() {
  printf 'dnf|%s\n' "$(uname -m)"
  cfg_said=$(cfg_dnf_upgrade_all "-v -C --setopt=*.skip_if_unavailable=True --assumeno" ${1:+--security} 2>&1) || true
  cfg_dnf_could "$cfg_said" || { cfg_dnf_why '' "$cfg_said" >&2; return 1; }
  cfg_will=$(printf '%s\n' "$cfg_said" | sed -n 's/^---> Package \(.*\)\.\([^.]*\) \([^ ]*\) will be \(.*\)$/will|\4|\1|\2|\3/p')
  [ -n "$cfg_will" ] || return 0
  printf '%s\n' "$cfg_will"
  # shellcheck disable=SC2046 # names of packages
  rpm -q --qf 'now|%{NAME}|%{ARCH}|%{EVR}\n' -- $(printf '%s\n' "$cfg_will" | cut -d '|' -f 3 | sort -u) | grep '^now|' || true
}

# cfg_dnf_upgrade_all OPTIONS [--security]: dnf upgrade. It removes nothing that a new version does not replace.
cfg_dnf_upgrade_all() {
  case $(readlink -f "$(command -v dnf)") in
    */dnf5|'') echo 'this host has dnf 5, which cfg does not know yet: it knows dnf 4' >&2; return 1;;
  esac
  cfg_options="--color=never --setopt=install_weak_deps=False --setopt=clean_requirements_on_remove=False $1"
  shift
  # shellcheck disable=SC2086 # options, as words
  dnf $cfg_options upgrade "$@" </dev/null
}

# cfg_dnf_upgrade_now [--security]: the upgrade, after waiting for others, with the index that the plan saw.
cfg_dnf_upgrade_now() {
  cfg_dnf_wait && cfg_touch || return
  cfg_dnf_upgrade_all '-y --setopt=*.metadata_expire=never' ${1:+"$1"}
}
