# How files are probed in directories that other users can write. Such a user can replace a name in the directory with a link to one
# of our files, between two of our commands, and we would show that file's content. So a directory is entered as for writing
# (cfg_enter), and a file is read only through an open descriptor, after a check that it is the file that was probed.

# cfg_identity: the format for stat(1) that identifies a file apart from its content. Two files with the same owner and mode have
# different numbers.
cfg_identity=%d:%i:%u:%g:%f

# cfg_is_open IDENTITY: whether descriptor 9 is exactly that file, and no link led to it: the identity was read without following
# links.
cfg_is_open() { [ "$(stat -L -c "$cfg_identity" /proc/self/fd/9)" = "$1" ]; }

# cfg_steadily WHAT LOOK...: runs a probe, and again if a file was exchanged meanwhile (75): many programs replace an old file with
# a new one. A program that does so without a pause, on a busy host, spoils most probes, so there are many attempts, but not without
# end. A probe prints nothing before it has succeeded.
cfg_steadily() {
  cfg_looked_at=$1 cfg_more_looks=500
  shift
  while :; do
    cfg_look=0
    "$@" || cfg_look=$?
    [ $cfg_look = 75 ] || return $cfg_look
    cfg_more_looks=$((cfg_more_looks - 1))
    [ $cfg_more_looks -gt 0 ] || { printf '%s was exchanged for something else while it was looked at\n' "$cfg_looked_at" >&2; return 1; }
  done
}

# cfg_beside PATH: enters the directory of a path; $cfg_it is the path's name there. If that directory does not exist, it returns 1,
# and $cfg_it is the whole path: only the answer that it is absent may follow. A link that must not be followed ends the shell.
cfg_beside() {
  cfg_parent=${1%/*} cfg_parent=${cfg_parent:-/} cfg_it=./${1##*/}
  if [ -d "$cfg_parent" ] && [ -x "$cfg_parent" ]; then cfg_enter "$cfg_parent" || exit; else cfg_it=$1; return 1; fi
}

# cfg_path PATH DIGEST LIMIT OWNER GROUP [GOES]: the file at a path. Its content follows, unless it has that digest or is larger
# than the limit; with ? for a digest, facts that only matter before a change are left out. The owner and group are given by name if
# a name was asked for. (A name does not identify them: when a name is deleted, the file does not change.) Missing users and groups
# are named, and so are the reasons why this user cannot write or remove the file if it is not as desired.
cfg_path() { cfg_steadily "$1" cfg_path_once "$@"; }
cfg_path_once() (
  cfg_missing=
  case $4 in *[!0-9]*) cfg_own=%U; [ "$4" = root ] || id -u "$4" >/dev/null 2>&1 || cfg_missing=" user:$4";; *) cfg_own=%u;; esac
  case $5 in *[!0-9]*) cfg_grp=%G; [ "$5" = root ] || cfg_group "$5" || cfg_missing="$cfg_missing group:$5";; *) cfg_grp=%g;; esac
  cfg_beside "$1" || :
  if cfg_stat=$(stat -c "%F|%a|$cfg_own|$cfg_grp|%s|$cfg_identity" -- "$cfg_it" 2>&1); then
    [ "$cfg_it" != "$1" ] || exit 75
    case $cfg_stat in *UNKNOWN*) cfg_stat=$(stat -c "%F|%a|%u|%g|%s|$cfg_identity" -- "$cfg_it");; esac
    cfg_id=${cfg_stat##*|} cfg_stat=${cfg_stat%|*}
    case $cfg_stat in
      'regular '*)
        {
          cfg_is_open "$cfg_id" || exit 75
          cfg_sum=$(sha256sum <&9) || exit
          [ "${cfg_sum%% *}" = "$2" ] || { cfg_denied "$1" "$6"; [ "$2$6" = '?' ] || [ -n "$6" ] || cfg_replaced "$cfg_it"; }
          [ -z "$6" ] || cfg_holds "$1"
          printf 'file|%s|%s\nmissing%s\n' "${cfg_stat#*|}" "${cfg_sum%% *}" "$cfg_missing"
          [ "${cfg_sum%% *}" = "$2" ] || [ "${cfg_stat##*|}" -gt "$3" ] || cat </proc/self/fd/9 || exit
        } 9<"./${1##*/}" || { [ -e "./${1##*/}" ] || exit 75; printf '%s cannot be read\n' "$1" >&2; exit 1; };;
      'symbolic link|'*)
        [ -z "$6" ] || cfg_denied "$1" "$6"
        printf 'symlink|%s\nmissing%s\n' "${cfg_stat#*|}" "$cfg_missing"; readlink "$cfg_it" || exit;;
      'directory|'*)
        if [ -n "$6" ]; then cfg_denied "$1" "$6"; cfg_holds "$1"; elif ! cfg_can_write "$1" && { [ -O / ] || ! [ -O "$1" ]; }; then cfg_refused "$1" itself; fi
        cfg_stat=${cfg_stat%|*}; printf 'directory|%s\nmissing%s\n' "${cfg_stat#*|}" "$cfg_missing";;
      *) printf 'other|%s\nmissing%s\n' "${cfg_stat%%|*}" "$cfg_missing";;
    esac
  else
    case $cfg_stat in
      *'No such file or directory'*|*'Not a directory'*)
        if [ -d "$cfg_parent" ]; then cfg_parent=directory; [ -n "$6" ] || cfg_denied "$1" "$6"
        elif [ -e "$cfg_parent" ] || [ -L "$cfg_parent" ]; then cfg_parent=other
        else cfg_parent=absent; fi
        printf 'absent|%s\nmissing%s\n' "$cfg_parent" "$cfg_missing";;
      *) printf '%s\n' "$cfg_stat" >&2; exit 1;;
    esac
  fi
)

# cfg_digest_at PATH TOOL: the digest of the file at a path, made with that tool, or -.
cfg_digest_at() { cfg_steadily "$1" cfg_digest_once "$@"; }
cfg_digest_once() (
  if cfg_beside "$1" && cfg_id=$(stat -c "%F|$cfg_identity" -- "$cfg_it" 2>/dev/null); then :; else cfg_id=; fi
  case $cfg_id in
    'regular '*) { cfg_is_open "${cfg_id#*|}" || exit 75; "$2" <&9; } 9<"$cfg_it";;
    *) echo -;;
  esac
)

# cfg_text NAME LIMIT: the size and content of a file in the working directory, if it is not too large and is still a file.
cfg_text() {
  cfg_id=$(stat -c "%F|%s|$cfg_identity" -- "$1") || return 0
  cfg_size=${cfg_id#*|} cfg_size=${cfg_size%%|*}
  case $cfg_id in 'regular '*) ;; *) return 0;; esac
  [ "$cfg_size" -le "$2" ] || return 0
  { ! cfg_is_open "${cfg_id##*|}" || { printf 'content %s\n' "$cfg_size" && head -c "$cfg_size" <&9 && echo; }; } 9<"$1"
}

# cfg_tree ROOT OWNER GROUP EXPECTED KNOWN PURGE NAME...: the directory itself; a letter for each name; a line of stat's output and,
# for files, one of sha256sum's; the content of small files whose digests are not known; with PURGE, all names and the mounts below
# the directory. Names are never read from lines, because they may contain line ends. If another user exchanges files meanwhile, a
# digest may belong to another file; the file then counts as not as desired.
cfg_tree() (
  cfg_root=$1 cfg_expected=$4 cfg_known=$5 cfg_purge=$6
  cfg_path "$1" - 0 "$2" "$3" || exit
  shift 6
  if [ -L "$cfg_root" ] || [ ! -d "$cfg_root" ]; then exit 0; fi
  cfg_enter "$cfg_root" || exit
  cfg_real=$PWD
  for cfg_f; do
    cfg_f=./$cfg_f
    if [ -L "$cfg_f" ]; then printf l; elif [ -f "$cfg_f" ]; then printf f; elif [ -d "$cfg_f" ]; then printf d; elif [ -e "$cfg_f" ]; then printf o; else printf -- -; fi
  done
  echo
  for cfg_f; do
    if [ -e "./$cfg_f" ] || [ -L "./$cfg_f" ]; then printf '%s\0' "./$cfg_f"; fi
  done | xargs -0 -r stat -c '%a|%U|%G|%u|%g|%s|%h|%n' -- || exit
  cfg_sums=$(for cfg_f; do
    if [ -f "./$cfg_f" ] && [ ! -L "./$cfg_f" ]; then printf '%s\0' "./$cfg_f"; fi
  done | xargs -0 -r sha256sum --) || exit
  printf '%s\n' "$cfg_sums"
  if [ "$(printf '%s\n' "$cfg_sums" | cfg_digest)" != "$cfg_expected" ]; then
    cfg_list=$(mktemp) || exit
    printf '%s\n' "$cfg_sums" >"$cfg_list"
    # shellcheck disable=SC2086 # a list of digests
    cfg_odd=" $(printf '%s\n' $cfg_known | grep -n -v -F -f - "$cfg_list" | head -n 40 | sed 's/:.*//' | tr '\n' ' ')"
    rm -f "$cfg_list"
    cfg_n=0
    for cfg_f; do
      if [ -f "./$cfg_f" ] && [ ! -L "./$cfg_f" ]; then
        cfg_n=$((cfg_n + 1))
        case $cfg_odd in *" $cfg_n "*) cfg_text_below "$cfg_f" || exit;; esac
      fi
    done
  fi
  [ -n "$cfg_purge" ] || exit 0
  echo all
  cfg_held=$(cfg_mounts_in "$cfg_real") || exit
  [ -z "$cfg_held" ] || printf 'at %s\n%s\n\n' "$(cfg_escaped "$cfg_real")" "$cfg_held"
  find . -xdev -mindepth 1 -print0
)

# cfg_text_below PATH: the content of a small file below the working directory; no link is followed.
cfg_text_below() (
  case $1 in
    */*) cfg_in=${PWD%/}/${1%/*}; cd -P -- "./${1%/*}" 2>/dev/null && [ "$PWD" = "$cfg_in" ] || exit 0;;
  esac
  cfg_text "./${1##*/}" 65536
)

# cfg_keys USER DIGEST [NAME]: the user's ~/.ssh and the file of that name in it (authorized_keys), with its content unless it has
# that digest. If one is not a directory or not a file, only its type is told, and a link is not followed.
cfg_keys() { cfg_steadily "the ${3:-authorized_keys} of $1" cfg_keys_once "$1" "$2" "${3:-authorized_keys}"; }
cfg_keys_once() (
  cfg_home "$1" || { [ $? = 2 ] && echo nouser && exit; exit 1; }
  timeout 10 test -d "$cfg_home" || { [ $? = 1 ] && printf 'nohome=%s\n' "$cfg_home" && exit; echo "$cfg_home does not answer" >&2; exit 1; }
  for cfg_file in "$cfg_home" "$cfg_home/.ssh"; do
    [ ! -d "$cfg_file" ] || [ -x "$cfg_file" ] || { echo "$cfg_file cannot be read" >&2; exit 1; }
  done
  cfg_enter "$cfg_home" || exit
  # sshd(8), StrictModes: it accepts no key from a home that does not belong to the user or that others can write.
  case $(stat -c '%a %U' .) in *[2367]?' '*|*[2367]' '*) cfg_said=open;; *' root'|*" $1") cfg_said=home;; *) cfg_said=open;; esac
  cfg_kind .ssh
  cfg_said="$cfg_said
${cfg_kind%|*}"
  case $cfg_kind in directory'|'*) cfg_in=${PWD%/}/.ssh; cd -P ./.ssh && [ "$PWD" = "$cfg_in" ] || exit 75;; *) printf '%s\nabsent\n' "$cfg_said"; exit;; esac
  cfg_kind "$3"
  cfg_said="$cfg_said
${cfg_kind%|*}"
  case $cfg_kind in
    'regular '*)
      {
        cfg_is_open "${cfg_kind##*|}" || exit 75
        cfg_sum=$(sha256sum <&9) || exit
        printf '%s\n%s\n' "$cfg_said" "${cfg_sum%% *}"
        [ "${cfg_sum%% *}" = "$2" ] || cat </proc/self/fd/9
      } 9<"./$3";;
    *) printf '%s\n' "$cfg_said";;
  esac
)

# cfg_kind NAME: sets cfg_kind to the type and identity of a file in the working directory.
cfg_kind() {
  if [ -e "./$1" ] || [ -L "./$1" ]; then cfg_kind=$(stat -c "%F|%a|%U|$cfg_identity" -- "./$1") || exit; else cfg_kind=absent; fi
}
