# Shared by the probes of apt's packages. dpkg's own journal is not empty if it was interrupted (dpkg(1), --configure).
if [ "$cfg_manager" = apt ]; then cfg_native=$(dpkg --print-architecture); fi
cfg_interrupted=
for cfg_file in /var/lib/dpkg/updates/[0-9]*; do [ ! -e "$cfg_file" ] || cfg_interrupted=yes; done

# cfg_apt_package NAME BARE CANDIDATE: apt|ARCH, then a line STATUS|WANT|VERSION|ARCH for each architecture of the package, and with
# CANDIDATE (any text) the version that apt prefers. dpkg-query(1) exits with 1 if there is no such package, and with 2 if it cannot
# tell, and says why. If no package has that name, the packages that provide it follow. BARE is NAME without its architecture.
cfg_apt_package() {
  cfg_exit=0
  cfg_answer=$(dpkg-query -W -f='${db:Status-Status}|${db:Status-Want}|${Version}|${Architecture}\n' -- "$2" 2>/dev/null) || cfg_exit=$?
  if [ "$cfg_exit" -gt 1 ]; then dpkg-query -W -- "$2" >/dev/null; return "$cfg_exit"; fi
  printf 'apt|%s\n' "$cfg_native"
  [ -z "$cfg_interrupted" ] || echo 'interrupted|'
  [ -z "$cfg_answer" ] || printf '%s\n' "$cfg_answer"
  [ ! -e "${CFG_RECORDS:-/var/lib/configengine}/holds/$1" ] || echo 'hold-owed|'
  if [ -n "$3" ]; then apt-cache policy -- "$1" | sed -n 's/^  Candidate: /candidate|/p' || return; fi
  case $1:$cfg_answer in
    *:*:*) ;;
    *:|*:not-installed*|*:config-files*)
      grep -q "^Provides:.*$2" /var/lib/dpkg/status || return 0
      [ -z "$(apt-cache show -- "$2" 2>/dev/null | head -n 1)" ] || return 0
      dpkg-query -W -f='${db:Status-Status}|${db:Status-Want}|${Version}|${Package}|${Provides}\n' | grep -F -e "$2" |
        while IFS='|' read -r cfg_status cfg_want cfg_version cfg_name cfg_provides; do
          case "$cfg_status:, $cfg_provides," in installed:*", $2,"*|installed:*", $2 ("*) printf 'provided|%s|%s|%s\n' "$cfg_want" "$cfg_version" "$cfg_name";; esac
        done;;
  esac
}

# cfg_apt_simulation OPTIONS ARGUMENT…: what apt-get install would do, and which package pulls in which. apt does not say which
# package it chooses for a virtual one, so its providers are listed. It does not say which item removes a package that is not named,
# so the items are then also simulated one by one. Of its errors, the general text is left out.
cfg_apt_simulation() {
  cfg_options=$1; shift
  # shellcheck disable=SC2086 # options, as words
  cfg_said=$(apt-get -s -o Debug::pkgDepCache::AutoInstall=1 $cfg_options install -- "$@" 2>&1) || {
    printf '%s\n' "$cfg_said" | grep -v -e '^NOTE: ' -e '^  *apt-get needs' -e '^  *Keep also' -e '^  *so don' -e '^Reading ' -e '^Building ' -e '^Some packages could' -e '^requested an' -e '^distribution that' -e '^or been moved' -e '^The following information' -e '^  *Installing ' -e '^ *$' >&2
    return 1
  }
  printf '%s\n' "$cfg_said"
  for cfg_item; do
    case "
$cfg_said" in *"
Inst ${cfg_item%%=*} "*|*"
Inst ${cfg_item%%[=:]*}:"*|*"
Remv ${cfg_item%-} "*) ;;
      *) apt-cache showpkg -- "$cfg_item" 2>/dev/null | sed -n "1,/^Reverse Provides/d;s/^\([^ ]*\) .*/provides|$cfg_item|\1/p";;
    esac
  done
  [ $# -gt 1 ] || return 0
  cfg_removed=$(printf '%s\n' "$cfg_said" | sed -n -e 's/^Remv \([^ ]*\).*/\1/p' -e 's/^Purg \([^ ]*\).*/\1/p')
  for cfg_name in $cfg_removed; do
    case " $* " in *" $cfg_name- "*) continue;; esac
    for cfg_item; do
      # shellcheck disable=SC2086 # options, as words
      apt-get -s $cfg_options install -- "$cfg_item" 2>/dev/null | sed -n "s/^Remv \([^ ]*\).*/alone|\1|$cfg_item/p"
    done
    return 0
  done
}

# cfg_apt_fresh SECONDS: whether all of apt's index was fetched within that time, and still exists. apt touches its lists even if it
# could not fetch a part of them, so only the files count that are touched after a success: by this tool and, on some systems, by
# apt's own hook.
cfg_apt_fresh() {
  cfg_fresh=false
  for cfg_file in /var/lib/apt/lists/*_Packages* /var/lib/apt/lists/*_InRelease; do
    [ -e "$cfg_file" ] || continue
    if cfg_stamp=$(stat -c %Y /var/lib/apt/periodic/update-success-stamp 2>/dev/null) && [ $(($(date +%s) - cfg_stamp)) -le "$1" ]; then cfg_fresh=true; fi
    break
  done
}

# cfg_want_package NAME BARE CANDIDATE: see cfg_package. The packages of a set: one dpkg-query(1) and one apt-cache(8) for all of them.
cfg_want_package() {
  ! cfg_wants packages || cfg_s_packages='' cfg_s_candidates=''
  cfg_s_packages="$cfg_s_packages $2"
  [ -z "$3" ] || cfg_s_candidates="$cfg_s_candidates $1"
}

cfg_find_packages() {
  cfg_s_installed='' cfg_s_provides='' cfg_s_policy=''
  [ "$cfg_manager" = apt ] || return 0
  cfg_s_code=0
  # shellcheck disable=SC2086,SC2016 # names; dpkg-query's own fields
  cfg_s_out=$(timeout -k 2 30 dpkg-query -W -f='${Package}|${db:Status-Status}|${db:Status-Want}|${Version}|${Architecture}\n' -- $cfg_s_packages 2>/dev/null) || cfg_s_code=$?
  [ $cfg_s_code -lt 2 ] || return 0
  cfg_s_installed=$cfg_nl$cfg_s_out$cfg_nl
  case $cfg_s_code$cfg_s_out in
    1*|*'|not-installed|'*|*'|config-files|'*) cfg_s_provides=$cfg_nl$(grep '^Provides:' /var/lib/dpkg/status) || cfg_s_provides=$cfg_nl;;
  esac
  if [ -n "$cfg_s_candidates" ]; then cfg_find_candidates; fi
}

# cfg_find_candidates: what apt prefers of each package. It says nothing of a package that it does not know; then each is asked alone.
cfg_find_candidates() {
  # shellcheck disable=SC2086 # names
  cfg_s_out=$(timeout -k 2 60 apt-cache policy -- $cfg_s_candidates 2>/dev/null) || return 0
  cfg_s_policy=$cfg_nl
  # shellcheck disable=SC2086 # names
  set -- $cfg_s_candidates
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_line in $cfg_s_out; do
    case $cfg_s_line in
      ' '*) ;;
      "${1%%:*}:"|"$1:") cfg_s_of=$1; shift;;
      *) cfg_s_policy=; break;;
    esac
    case $cfg_s_line in '  Candidate: '*) cfg_s_policy="$cfg_s_policy$cfg_s_of|${cfg_s_line#  Candidate: }$cfg_nl";; esac
  done
  IFS=$cfg_s_ifs; set +f
  [ $# = 0 ] || cfg_s_policy=
}

cfg_tell_package() {
  [ "$cfg_manager" = apt ] && [ -n "$cfg_s_installed" ] || return 1
  cfg_answer=
  case $cfg_s_installed in
    *"$cfg_nl$2|"*)
      cfg_answer=${cfg_s_installed#*"$cfg_nl$2|"}
      # Packages for two architectures come in an order that dpkg-query knows.
      case $cfg_answer in *"$cfg_nl$2|"*) return 1;; esac
      cfg_answer=${cfg_answer%%"$cfg_nl"*};;
  esac
  case $1:$cfg_answer in
    *:*:*) ;;
    *:|*:not-installed*|*:config-files*)
      # No package provides it if its name is nowhere there. Some names have characters that mean more to grep(1).
      case $2 in *[!a-z0-9-]*) return 1;; esac
      case $cfg_s_provides in ''|*"$2"*) return 1;; esac;;
  esac
  cfg_said="${cfg_said}apt|$cfg_native$cfg_nl"
  [ -z "$cfg_interrupted" ] || cfg_said="${cfg_said}interrupted|$cfg_nl"
  [ -z "$cfg_answer" ] || cfg_said="$cfg_said$cfg_answer$cfg_nl"
  [ ! -e "${CFG_RECORDS:-/var/lib/configengine}/holds/$1" ] || cfg_said="${cfg_said}hold-owed|$cfg_nl"
  [ -n "$3" ] || return 0
  case $cfg_s_policy in
    *"$cfg_nl$1|"*) cfg_s_rest=${cfg_s_policy#*"$cfg_nl$1|"}; cfg_said="${cfg_said}candidate|${cfg_s_rest%%"$cfg_nl"*}$cfg_nl";;
    *) return 1;;
  esac
}

# cfg_apt_upgrade [security]: see cfg_upgrade. Packages for security come from an archive that says so: Debian-Security, jammy-security.
# Held packages are kept back.
cfg_apt_upgrade() {
  printf 'apt|%s\n' "$cfg_native"
  [ -z "$cfg_interrupted" ] || echo 'interrupted|'
  cfg_said=$(apt-get -s -q --no-install-recommends dist-upgrade 2>&1) || { printf '%s\n' "$cfg_said" | grep -v '^NOTE: ' >&2; return 1; }
  if [ -n "$1" ]; then
    cfg_items=$(printf '%s\n' "$cfg_said" | sed -n 's/^Inst \([^ ]*\) \[[^]]*\] (\([^ ]*\) [^[]*[Ss]ecurity[^[]*\[.*/\1=\2/p')
    [ -n "$cfg_items" ] || return 0
    # shellcheck disable=SC2086 # names with versions
    cfg_said=$(apt-get -s -q --no-install-recommends install --only-upgrade -- $cfg_items 2>&1) || { printf '%s\n' "$cfg_said" | grep -v '^NOTE: ' >&2; return 1; }
    printf '%s\n' "$cfg_items" | sed 's/^/item|/'
  else
    printf '%s\n' "$cfg_said" | awk '/^The following packages have been kept back:/ { kept = 1; next } !/^  / { kept = 0 } kept { for (i = 1; i <= NF; i++) print "kept|" $i }'
  fi
  printf '%s\n' "$cfg_said" | sed -n -e '/^Inst /p' -e '/^Remv /p' -e '/^Purg /p'
}
