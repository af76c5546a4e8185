# How files are written in directories that other users can write. Such a user can put a link, or another of our files, in place of
# any name in the directory, between two of our commands. So nothing is opened, and no owner or mode is set, by a name there.
# Instead, files are made in a private directory inside, and finished files are renamed from it to their places. An existing file
# first gets a second name in the private directory (a hard link), under which it can no longer be exchanged. These functions are
# for subshells.

# cfg_enter DIRECTORY: enters it safely: only links that no other user could have put there are followed.
cfg_enter() {
  cd -P -- "$1" || return
  [ "$PWD" = "$1" ] || cfg_follow "$1"
}

# cfg_follow DIRECTORY: the same if there is a link on the way, step by step.
cfg_follow() {
  cfg_rest=${1#/}/ cfg_links=0
  cd / || return
  while [ -n "$cfg_rest" ]; do
    cfg_part=${cfg_rest%%/*} cfg_rest=${cfg_rest#*/} cfg_from=$PWD
    case $cfg_part in
      ''|.) continue;;
      ..) cfg_ours && cd -P .. || return; continue;;
    esac
    if [ -L "./$cfg_part" ]; then
      cfg_ours || { printf '%s is a link that somebody else can change, so it is not followed\n' "${cfg_from%/}/$cfg_part" >&2; return 1; }
      cfg_links=$((cfg_links + 1)) cfg_target=$(readlink "./$cfg_part"; echo .)
      [ $cfg_links -le 40 ] || { printf '%s: too many links\n' "$1" >&2; return 1; }
      cfg_target=${cfg_target%??}
      cfg_rest=$cfg_target/$cfg_rest
      case $cfg_target in /*) cd / || return;; esac
    else
      cd -P -- "./$cfg_part" || return
      [ "$PWD" = "${cfg_from%/}/$cfg_part" ] || { printf '%s was exchanged for something else\n' "${cfg_from%/}/$cfg_part" >&2; return 1; }
    fi
  done
}

# cfg_ours: whether only root and this user can change the contents of the working directory, or replace it. A parent directory that
# everyone can write is accepted if its sticky bit protects files of other users (unlink(2)).
cfg_ours() {
  cfg_left=$(pwd -P) cfg_up=. cfg_above=.
  set --
  while set -- "$@" "$cfg_up" && [ -n "${cfg_left%/}" ]; do cfg_left=${cfg_left%/*} cfg_up=$cfg_up/..; done
  cfg_me=$(id -u) cfg_owners=$(stat -c '%u %a' "$@") || return
  while read -r cfg_uid cfg_bits; do
    case $cfg_uid in 0|"$cfg_me") ;; *) return 1;; esac
    case $cfg_bits in
      *[2367]?|*[2367]) case $cfg_above$cfg_bits in [1357]???) ;; *) return 1;; esac;;
    esac
    cfg_above=
  done <<EOF
$cfg_owners
EOF
}

# cfg_private: makes a directory in the working directory that no other user can look into, and enters it.
cfg_private() {
  cfg_outer=$(stat -c %d:%i .) && cfg_inner=$(cfg_temp . -d) && cd -P -- "$cfg_inner" && cfg_owners=$(stat -c '%u %a %d:%i' . ..) || return
  case $cfg_owners in
    "$(id -u) 700 "*" $cfg_outer"|"$(id -u) 2700 "*" $cfg_outer") [ -z "$(ls -A)" ] || cfg_owners=;;
    *) cfg_owners=;;
  esac
  [ -n "$cfg_owners" ] || { echo 'the directory that was just made was exchanged for another' >&2; return 1; }
  cfg_private=$cfg_inner
}

# cfg_place PATH: enters a directory that no other user can write and from which the path can be reached as $cfg_to: the path's own
# directory, or a private one in it. A file at $cfg_new is removed in the end; $cfg_seen is its path for other processes.
cfg_place() {
  cfg_new='' cfg_private=''
  trap cfg_leave EXIT
  trap 'exit 143' TERM
  cfg_parent=${1%/*}
  cfg_enter "${cfg_parent:-/}" || return
  if cfg_ours; then cfg_to=./${1##*/} cfg_seen=$cfg_parent; else cfg_apart "$1"; fi
}

# cfg_apart PATH: goes into a private directory in that of the path.
cfg_apart() {
  cfg_private || return
  read -r cfg_pid cfg_rest </proc/self/stat || return
  cfg_to=../${1##*/} cfg_seen=/proc/$cfg_pid/cwd
}

# cfg_leave: removes what was made on the way.
cfg_leave() {
  [ -z "$cfg_new" ] || rm -rf -- "$cfg_new"
  [ -z "$cfg_private" ] || { cd -P .. && rmdir -- "$cfg_private" 2>/dev/null; }
}

# cfg_labelled PATH: gives a new file the context that the SELinux policy has for its path. In a directory that others can write,
# the file keeps the context from the directory, because restorecon uses names.
cfg_labelled() { [ -n "$cfg_private" ] || ! command -v restorecon >/dev/null 2>&1 || restorecon "$1" 2>/dev/null || :; }

# cfg_write PATH OWNER GROUP MODE CHECK: writes standard input to the file, as a whole or not at all. An empty OWNER, GROUP or MODE
# is kept from the replaced file (for a new one: this user, 0644). CHECK may read "$cfg_new" and refuse it.
cfg_write() (
  cfg_place "$1" || exit
  # logrotate reads all files of its directory (see cfg_temp), and no directories.
  case $cfg_private:$cfg_parent in :*/logrotate.d) cfg_apart "$1" || exit;; esac
  cfg_new=$(cfg_temp .) || exit
  # Until it has its final owner and mode, no other user may open it: an open file shows everything that is written later.
  cfg_old=$(stat -c '%F|%u|%g|%a' -- "$cfg_to" 2>/dev/null) || cfg_old=
  case $cfg_old in
    'regular '*)
      # One by one: without SELinux, cp does nothing at all if it is to keep a context.
      cp -P --attributes-only --preserve=xattr -- "$cfg_to" "$cfg_new" 2>/dev/null || :
      cp -P --attributes-only --preserve=context -- "$cfg_to" "$cfg_new" 2>/dev/null || :
      cfg_old=${cfg_old#*|} cfg_mode=${cfg_old##*|} cfg_group=${cfg_old#*|}
      chown "${2:-${cfg_old%%|*}}:${3:-${cfg_group%|*}}" "$cfg_new" || exit
      case $4 in ''|"$cfg_mode"|"0$cfg_mode") cp -P --attributes-only --preserve=mode -- "$cfg_to" "$cfg_new" 2>/dev/null || :;; esac
      chmod "${4:-$cfg_mode}" "$cfg_new" || exit;;
    *)
      [ -z "$2$3" ] || chown "$2${3:+:$3}" "$cfg_new" || exit
      chmod "${4:-0644}" "$cfg_new" || exit;;
  esac
  cat >"$cfg_new" || exit
  sync "$cfg_new" 2>/dev/null || :
  [ -z "$5" ] || (cfg_new=$cfg_seen/${cfg_new#./}; cd / && eval "$5") || { printf 'the new %s is not valid; the old one stays\n' "$1" >&2; exit 1; }
  cfg_touch && mv -fT -- "$cfg_new" "$cfg_to" || exit
  cfg_new=
  cfg_labelled "$1"
)

# cfg_symlink PATH TARGET OWNERSHIP: makes a symbolic link, which replaces another one or nothing, so that the path always exists.
cfg_symlink() (
  cfg_place "$1" || exit
  cfg_new=$(cfg_temp . -d) && ln -s -- "$2" "$cfg_new/link" || exit
  [ -z "$3" ] || chown -h -- "$3" "$cfg_new/link" || exit
  cfg_touch && mv -fT -- "$cfg_new/link" "$cfg_to" && cfg_labelled "$1"
)

# cfg_directory PATH OWNERSHIP MODE [MODEL]: makes a new directory, with the contents of the model.
cfg_directory() (
  cfg_place "$1" || exit
  cfg_new=$(cfg_temp . -d) && mkdir -- "$cfg_new/made" || exit
  ! [ -d "$4" ] || cp -R -- "$4/." "$cfg_new/made/" || exit
  [ -z "$2" ] || chown -R -- "$2" "$cfg_new/made" || exit
  # Fewer than five digits leave the set-group-ID bit of a directory alone (chmod(1)).
  chmod -- "00$3" "$cfg_new/made" && cfg_touch && mv -fT -- "$cfg_new/made" "$cfg_to" && cfg_labelled "$1"
)

# cfg_directories PATH: makes a missing directory, and all missing parents.
cfg_directories() {
  [ ! -d "$1" ] || return 0
  case ${1%/*} in ''|"$1") ;; *) cfg_directories "${1%/*}" || return;; esac
  cfg_directory "$1" '' 0755
}

# cfg_own_directory PATH OWNERSHIP MODE: sets a directory's owner, group and mode; an empty value is left alone.
cfg_own_directory() (
  cfg_enter "$1" && cfg_touch || exit
  [ -z "$2" ] || chown -- "$2" . || exit
  [ -z "$3" ] || chmod -- "00$3" .
)

# cfg_own DIRECTORY OWNERSHIP MODE [DIGEST NAME]...: the same for files in a directory. If other users can write there, a file must
# have that content, because it could be any of our files that was moved there.
cfg_own() (
  cfg_at=$1 cfg_ownership=$2 cfg_mode=$3
  shift 3
  cfg_place "$cfg_at/." || exit
  if [ -z "$cfg_private" ]; then
    cfg_touch || exit
    while [ $# -gt 0 ]; do printf '%s\0' "./$2"; shift 2; done | cfg_own_all
    exit
  fi
  cfg_new=./held
  while [ $# -gt 0 ]; do
    if cfg_hold "../$2" ./held "$1" && cfg_touch && printf './held\0' | cfg_own_all; then rm -f ./held; else printf '%s stays as it is\n' "${cfg_at%/}/$2" >&2; exit 1; fi
    shift 2
  done
)

# cfg_own_all: the same for names on standard input, each with a NUL after it.
cfg_own_all() {
  # chown(2) clears the set-user-ID and set-group-ID bits, so the mode is set after it.
  # shellcheck disable=SC2016 # for the other shell to expand
  xargs -0 sh -c '
    cfg_ownership=$1 cfg_mode=$2
    shift 2
    [ -z "$cfg_ownership" ] || chown -h -- "$cfg_ownership" "$@" || exit
    [ -z "$cfg_mode" ] || chmod -- "$cfg_mode" "$@"' sh "$cfg_ownership" "$cfg_mode"
}

# cfg_hold PATH NAME DIGEST: a second name for a file, in a directory of ours; under that name it cannot be exchanged. Fails if it
# has other content, or another name that is not known here.
cfg_hold() {
  ln -- "$1" "$2" || { echo 'in a directory that somebody else can write, and on a file system without hard links, nothing is set by name' >&2; return 1; }
  cfg_held=$(stat -c '%F|%h' -- "$2") || return
  case $cfg_held in
    'regular '*'|2') ;;
    *) printf 'it is a %s with %s other name(s), in a directory that somebody else can write\n' "${cfg_held%|*}" "$((${cfg_held##*|} - 2))" >&2; return 1;;
  esac
  [ -z "$3" ] && return
  if [ ${#3} = 128 ]; then cfg_sum=$(sha512sum <"$2"); else cfg_sum=$(sha256sum <"$2"); fi || return
  [ "${cfg_sum%% *}" = "$3" ] || { echo 'it was exchanged for another file' >&2; return 1; }
}

# cfg_copy PATH COPY [MODE]: copies a file, with its owner and mode; with MODE, the copy belongs to this user and has that mode.
cfg_copy() (
  cfg_place "$1" || exit
  if [ -n "$cfg_private" ]; then
    cfg_new=./held
    cfg_hold "$cfg_to" ./held '' || exit
    cfg_to=./held
  fi
  [ -f "$cfg_to" ] && ! [ -L "$cfg_to" ] || { printf '%s is no file\n' "$1" >&2; exit 1; }
  if [ -n "$3" ]; then cfg_owners="$(id -u) $(id -g) $3"; else cfg_owners=$(stat -c '%u %g %a' -- "$cfg_to") || exit; fi
  # shellcheck disable=SC2086 # three words
  cfg_write "$2" $cfg_owners '' <"$cfg_to"
)

# cfg_remove DIRECTORY NAME...: removes files in a directory, with everything below them; nothing is removed if there is a mount at
# or below them, because the mounted files are not part of what is removed.
cfg_remove() (
  cfg_enter "$1" || exit
  shift
  cfg_held=$(cfg_mounts_in "$(pwd -P)" "$@") && cfg_unmounted "$cfg_held" && cfg_touch || exit
  case $(rm --help 2>&1) in
    *'preserve-root[=all]'*) printf './%s\0' "$@" | xargs -0 rm -rf --one-file-system --preserve-root=all --;;
    *) for cfg_name; do cfg_gone "./$cfg_name" || exit; done;;
  esac
)

# cfg_unmounted POINTS: an error if there are any mount points.
cfg_unmounted() {
  [ -z "$1" ] || { printf 'something is mounted at %s, so nothing is removed\n' "$(printf %s "$1" | tr '\n' ' ')" >&2; return 1; }
}

# cfg_gone NAME: the same for a file in the working directory that rm(1) cannot remove safely: rm would follow a link that replaces
# a directory.
cfg_gone() {
  if [ -L "$1" ] || ! [ -d "$1" ]; then rm -f -- "$1"; return; fi
  (
    cfg_outer=$(stat -c '%d:%i' .) && cd -P -- "$1" && [ "$(stat -c '%d:%i' ..)" = "$cfg_outer" ] || exit
    [ "$(stat -c %d .)" = "${cfg_outer%:*}" ] || { printf '%s is a mount point\n' "$(pwd -P)" >&2; exit 1; }
    for cfg_name in ./* ./.[!.]* ./..?*; do
      if [ -e "$cfg_name" ] || [ -L "$cfg_name" ]; then cfg_gone "$cfg_name" || exit; fi
    done
  ) && rmdir -- "$1"
}

# cfg_stage DIRECTORY: enters a private directory in it, from which cfg_put moves files. No other user can see them before that. The
# commands after it must not run anywhere else, so the whole subshell ends if it cannot be entered.
cfg_stage() {
  cfg_new='' cfg_private=''
  trap cfg_unstage EXIT
  trap 'exit 143' TERM
  cfg_enter "$1" && cfg_private && exec 7<. || exit
}

# cfg_unstage: removes it. The directory above is held open, so a rename of it does not matter.
cfg_unstage() {
  [ -n "$cfg_private" ] || return 0
  find . ! -name . -prune -exec rm -rf -- {} +
  cd -P .. && rmdir -- "$cfg_private" 2>/dev/null
}

# cfg_attributes DIRECTORY NAME...: gives files in a directory the attributes of the files in the working directory that they will
# replace.
cfg_attributes() {
  cfg_to=$1
  shift
  # shellcheck disable=SC2016 # for the other shell to expand
  for cfg_name; do if [ -f "./$cfg_name" ] && [ ! -L "./$cfg_name" ]; then printf './%s\0' "$cfg_name"; fi; done | xargs -0 -r sh -c '
    cfg_to=$1
    shift
    cp -P --attributes-only --preserve=xattr -t "$cfg_to" -- "$@" || :
    cp -P --attributes-only --preserve=context -t "$cfg_to" -- "$@" || :
    ls -ld -- "$@" | grep -q "^[^ ]*+" || exit 0
    for cfg_name; do
      [ "$(stat -c %a -- "$cfg_name")" != "$(stat -c %a -- "$cfg_to/$cfg_name")" ] || cp -P --attributes-only --preserve=mode -- "$cfg_name" "$cfg_to/$cfg_name"
    done' sh "$cfg_to" 2>/dev/null || :
}

# cfg_put DIRECTORY FROM NAME...: moves files from a directory of the stage to their places. They get the attributes of the files
# that they replace, and the access control list if the mode stays, unless others could exchange those files.
cfg_put() (
  cfg_enter "$1" || exit
  cfg_from=$2
  shift 2
  if cfg_ours; then cfg_attributes "/proc/self/fd/7/$cfg_from" "$@"; fi
  cfg_touch || exit
  for cfg_name; do printf '/proc/self/fd/7/%s%s\0' "$cfg_from" "$cfg_name"; done | xargs -0 sh -c 'exec mv -f -- "$@" .' sh
)
