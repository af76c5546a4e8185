# The paths of a set: one stat(1), one sha256sum(1) and one readlink(1) for all of them. They are asked for by name, so only where
# nobody else can change what a name means: all directories above belong to root or this user, none of them is a link, and no one else
# can write them. Files are looked at once more after they were read. All other paths are asked alone (see cfg_path).

# cfg_want_path PATH DIGEST LIMIT OWNER GROUP [GOES]: see cfg_path.
cfg_want_path() {
  ! cfg_wants path || cfg_s_paths=0
  cfg_s_paths=$((cfg_s_paths + 1)) cfg_index=$cfg_s_paths
  case $1 in *"$cfg_nl"*|*\\*|*\|*|/) cfg_s_at=;; *) cfg_s_at=$1;; esac
  eval "cfg_s_path_$cfg_index=\$cfg_s_at cfg_s_digest_$cfg_index=\$2\${6:+goes} cfg_s_look_$cfg_index='' cfg_s_sum_$cfg_index='' cfg_s_end_$cfg_index=''"
  case $4 in *[!0-9]*) [ "$4" = root ] || cfg_note_user "$4";; esac
  case $5 in *[!0-9]*) [ "$5" = root ] || cfg_note_group "$5";; esac
}

# cfg_want_with_directory cfg_path PATH ...: see cfg_with_directory.
cfg_want_with_directory() { shift; cfg_want_path "$@"; }
cfg_tell_with_directory() {
  if [ -e "${2%/*}" ]; then shift; cfg_tell_path "$@"; else cfg_said="${cfg_said}absent|directory${cfg_nl}missing$cfg_nl"; fi
}

# cfg_want_is_user NAME: see cfg_is_user.
cfg_want_is_user() { cfg_wants accounts || :; cfg_note_user "$1"; }
cfg_tell_is_user() { if cfg_is_there "$cfg_s_users_there" "$1"; then cfg_said="${cfg_said}user$cfg_nl"; else cfg_said="${cfg_said}nobody$cfg_nl"; fi; }

# cfg_find_path: asks for all paths. A path that does not answer is left out, and the others are asked for again.
cfg_find_path() {
  cfg_find_accounts
  cfg_s_mounts=$(cat /proc/self/mountinfo 2>/dev/null)
  if [ -O / ]; then cfg_s_me=0; else cfg_s_me=$(id -u); fi
  cfg_s_writable=$cfg_nl cfg_s_acls=$cfg_nl cfg_s_again=0
  until cfg_find_types; do
    cfg_s_again=$((cfg_s_again + 1))
    [ $cfg_s_again -lt 3 ] || { cfg_drop_paths; return 0; }
  done
  cfg_find_contents
}

# cfg_next_path: sets cfg_s_at to the path after number cfg_s_i that is still to be answered here; returns 1 after the last one.
cfg_next_path() {
  while [ "$cfg_s_i" -lt "$cfg_s_paths" ]; do
    cfg_s_i=$((cfg_s_i + 1))
    eval "cfg_s_at=\$cfg_s_path_$cfg_s_i"
    [ -z "$cfg_s_at" ] || return 0
  done
  return 1
}

# cfg_drop_paths: leaves all paths to be asked alone.
cfg_drop_paths() {
  cfg_s_i=0
  while cfg_next_path; do eval "cfg_s_path_$cfg_s_i= cfg_s_look_$cfg_s_i="; done
}

# cfg_stat_all FORMAT PATH...: sets cfg_s_out to what stat(1) tells of those paths that exist. If there is no answer, it finds out
# which of them are the reason, notes that for all paths there and below, and returns 1.
cfg_stat_all() {
  cfg_s_code=0
  cfg_s_out=$(timeout -k 2 "${cfg_patience:-10}" stat -c "$@" 2>/dev/null) || cfg_s_code=$?
  [ $cfg_s_code -gt 1 ] || return 0
  cfg_s_format=$1
  shift
  case $cfg_s_code in
    124|137|143) cfg_s_out=$(for cfg_s_at; do cfg_hangs "$cfg_s_format" "$cfg_s_at" & done; wait);;
    *) cfg_s_out=;;
  esac
  [ -n "$cfg_s_out" ] || { cfg_drop_paths; return 1; }
  cfg_s_i=0
  while cfg_next_path; do
    while [ -n "$cfg_s_at" ]; do
      case $cfg_nl$cfg_s_out$cfg_nl in *"$cfg_nl$cfg_s_at$cfg_nl"*) eval "cfg_s_path_$cfg_s_i= cfg_s_look_$cfg_s_i=hangs"; break;; esac
      cfg_s_at=${cfg_s_at%/*}
    done
  done
  return 1
}

# cfg_hangs FORMAT PATH: prints a path that does not answer. What is asked matters: the kernel may still know a part of it.
cfg_hangs() {
  timeout -k 1 "${cfg_patience:-5}" stat -c "$1" -- "$2" >/dev/null 2>&1 </dev/null
  case $? in 124|137|143) printf '%s\n' "$2";; esac
}

# cfg_above PATH...: looks at the directories above these paths, and judges them. Returns 1 if one of them does not answer.
cfg_above() {
  cfg_s_given=$# cfg_s_dirs=$cfg_nl
  for cfg_s_at; do
    while [ -n "$cfg_s_at" ]; do
      cfg_s_at=${cfg_s_at%/*}
      case $cfg_s_dirs in *"$cfg_nl${cfg_s_at:-/}$cfg_nl"*) break;; esac
      cfg_s_dirs=$cfg_s_dirs${cfg_s_at:-/}$cfg_nl
      set -- "$@" "${cfg_s_at:-/}"
    done
  done
  shift "$cfg_s_given"
  [ $# -gt 0 ] || return 0
  cfg_stat_all '%u|%a|%F|%n' -- "$@" || return
  cfg_judge_directories
}

# cfg_find_types: looks at all paths, and at the directories above them. Returns 1 if one of them does not answer.
cfg_find_types() {
  set --
  cfg_s_i=0
  while cfg_next_path; do set -- "$@" "$cfg_s_at"; done
  [ $# -gt 0 ] || return 0
  cfg_above "$@" || return

  set -- --
  cfg_s_i=0 cfg_s_last='' cfg_s_trust=''
  while cfg_next_path; do
    [ "$cfg_s_last" = "${cfg_s_at%/*}/" ] || cfg_trust "${cfg_s_at%/*}"
    cfg_s_last=${cfg_s_at%/*}/
    if [ "$cfg_s_trust" = no ]; then eval "cfg_s_path_$cfg_s_i="; else set -- "$@" "$cfg_s_at"; eval "cfg_s_look_$cfg_s_i=$cfg_s_trust"; fi
  done
  [ $# -gt 1 ] || return 0
  cfg_stat_all '%F|%a|%U|%u|%G|%g|%s|%h|%d:%i:%f|%z|%n' "$@" || return
  cfg_each_line look

  # These are not there, or could not be looked at. Only two errors say that there is nothing.
  set --
  cfg_s_i=0
  while cfg_next_path; do
    eval "cfg_s_look=\$cfg_s_look_$cfg_s_i"
    case $cfg_s_look in safe|gone) set -- "$@" "$cfg_s_at";; esac
  done
  [ $# -gt 0 ] || return 0
  cfg_s_out=$(timeout -k 2 10 stat -c there -- "$@" 2>&1)
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  cfg_s_odd=$#
  for cfg_s_line in $cfg_s_out; do
    case $cfg_s_line in *': No such file or directory'|*': Not a directory') cfg_s_odd=$((cfg_s_odd - 1));; *) cfg_s_odd=-1; break;; esac
  done
  IFS=$cfg_s_ifs; set +f
  cfg_s_i=0
  while cfg_next_path; do
    eval "cfg_s_look=\$cfg_s_look_$cfg_s_i"
    case $cfg_s_look:$cfg_s_odd in
      safe:0|gone:0) eval "cfg_s_look_$cfg_s_i=absent";;
      safe:*|gone:*) eval "cfg_s_path_$cfg_s_i= cfg_s_look_$cfg_s_i=";;
    esac
  done
}

# cfg_judge_directories: those that nobody else can write; those where others can only add files (sticky, see unlink(2)).
cfg_judge_directories() {
  cfg_s_safe=$cfg_nl cfg_s_sticky=$cfg_nl cfg_s_seen=$cfg_nl
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_line in $cfg_s_out; do
    cfg_s_rest=${cfg_s_line#*|}
    cfg_s_seen=$cfg_s_seen${cfg_s_line##*|}$cfg_nl
    case $cfg_s_line in "0|"*'|directory|/'*|"$cfg_s_me|"*'|directory|/'*) ;; *) continue;; esac
    case ${cfg_s_rest%%|*} in
      [1357]*[2367]?|[1357]??[2367]) case ${cfg_s_rest%%|*} in ????) cfg_s_sticky=$cfg_s_sticky${cfg_s_line##*|}$cfg_nl;; esac;;
      *[2367]?|*[2367]) ;;
      *) cfg_s_safe=$cfg_s_safe${cfg_s_line##*|}$cfg_nl;;
    esac
  done
  IFS=$cfg_s_ifs; set +f
}

# cfg_trust DIRECTORY: sets cfg_s_trust: safe, gone if it could not be looked at, or no.
cfg_trust() {
  cfg_s_at_dir=$1 cfg_s_trust=no
  case $cfg_s_seen in *"$cfg_nl${1:-/}$cfg_nl"*) ;; *) cfg_s_trust=gone; return;; esac
  case $cfg_s_safe in *"$cfg_nl${1:-/}$cfg_nl"*) ;; *) return;; esac
  while [ -n "$cfg_s_at_dir" ]; do
    cfg_s_at_dir=${cfg_s_at_dir%/*}
    case $cfg_s_safe$cfg_s_sticky in *"$cfg_nl${cfg_s_at_dir:-/}$cfg_nl"*) ;; *) return;; esac
  done
  cfg_s_trust=safe
}

# cfg_each_line WHAT: gives each line of cfg_s_out to the path that it ends with, as cfg_s_WHAT_NUMBER. The lines are in the order of
# the paths, and some may be missing. A path in a directory that was not there a moment ago is left to be asked alone.
cfg_each_line() {
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  cfg_s_i=0
  for cfg_s_line in $cfg_s_out; do
    if [ "$1" = sum ]; then cfg_s_rest=${cfg_s_line#*  }; else cfg_s_rest=${cfg_s_line##*|}; fi
    while cfg_next_path; do
      [ "$cfg_s_at" = "$cfg_s_rest" ] || continue
      eval "cfg_s_look=\$cfg_s_look_$cfg_s_i"
      if [ "$cfg_s_look" = gone ]; then eval "cfg_s_path_$cfg_s_i= cfg_s_look_$cfg_s_i="; else eval "cfg_s_${1}_$cfg_s_i=\$cfg_s_line"; fi
      break
    done
  done
  IFS=$cfg_s_ifs; set +f
}

# cfg_find_contents: the digests of files and the targets of links.
cfg_find_contents() {
  set -- --
  cfg_s_i=0 cfg_s_links='' cfg_s_bytes=0
  while cfg_next_path; do
    eval "cfg_s_look=\$cfg_s_look_$cfg_s_i"
    case $cfg_s_look in
      'regular '*)
        cfg_s_rest=${cfg_s_look#*|*|*|*|*|*|}; cfg_s_rest=${cfg_s_rest%%|*}
        # Large files are read alone: that may take long.
        if [ ${#cfg_s_rest} -lt 9 ] && [ "$cfg_s_rest" -le 33554432 ] && [ $((cfg_s_bytes + cfg_s_rest)) -le 536870912 ]; then
          cfg_s_bytes=$((cfg_s_bytes + cfg_s_rest))
          set -- "$@" "$cfg_s_at"
        else eval "cfg_s_path_$cfg_s_i= cfg_s_look_$cfg_s_i="; fi;;
      'symbolic link|'*) cfg_s_links=yes;;
    esac
  done
  if [ $# -gt 1 ]; then
    cfg_s_out=$(timeout -k 2 50 sha256sum "$@" 2>/dev/null)
    cfg_each_line sum
    cfg_find_lists
  fi
  [ -z "$cfg_s_links" ] || cfg_find_targets

  # Both were read by name. Nothing may have changed since the first look.
  set -- --
  cfg_s_i=0
  while cfg_next_path; do
    eval "cfg_s_look=\$cfg_s_look_$cfg_s_i cfg_s_end_$cfg_s_i="
    case $cfg_s_look in 'regular '*|'symbolic link|'*) set -- "$@" "$cfg_s_at";; esac
  done
  [ $# -gt 1 ] || return 0
  cfg_s_out=$(timeout -k 2 10 stat -c '%F|%a|%U|%u|%G|%g|%s|%h|%d:%i:%f|%z|%n' "$@" 2>/dev/null)
  cfg_each_line end
}

# cfg_find_lists: the files with access control lists, as far as ls(1) shows them, among those that may be replaced.
cfg_find_lists() {
  set -- --
  cfg_s_i=0
  while cfg_next_path; do
    eval "cfg_s_sum=\$cfg_s_sum_$cfg_s_i cfg_s_digest=\$cfg_s_digest_$cfg_s_i"
    case $cfg_s_digest:$cfg_s_sum in *:|*goes:*|'?':*|"${cfg_s_sum%% *}:"*) ;; *) set -- "$@" "$cfg_s_at";; esac
  done
  [ $# -gt 1 ] || return 0
  cfg_lists "$@"
}

# cfg_lists PATH...: adds those of these files that have access control lists to cfg_s_acls, as far as ls(1) shows it.
cfg_lists() {
  cfg_s_out=$(timeout -k 2 10 ls -ld "$@" 2>/dev/null) || { cfg_s_acls=unknown; return; }
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_line in $cfg_s_out; do case ${cfg_s_line%% *} in *+) cfg_s_acls=$cfg_s_acls$cfg_s_line$cfg_nl;; esac; done
  IFS=$cfg_s_ifs; set +f
}

# cfg_find_targets: the targets of links. Those of some readlink(1) take one link only, and a target may have a line end: if the
# lines are not exactly as long as the links, none of them counts.
cfg_find_targets() {
  set -- --
  cfg_s_i=0
  while cfg_next_path; do
    eval "cfg_s_look=\$cfg_s_look_$cfg_s_i"
    case $cfg_s_look in 'symbolic link|'*) set -- "$@" "$cfg_s_at";; esac
  done
  cfg_s_out=$(timeout -k 2 10 readlink "$@" 2>/dev/null) || cfg_s_out=
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  # shellcheck disable=SC2086 # lines
  set -- $cfg_s_out
  IFS=$cfg_s_ifs; set +f
  cfg_s_i=0
  while cfg_next_path; do
    eval "cfg_s_look=\$cfg_s_look_$cfg_s_i"
    case $cfg_s_look in 'symbolic link|'*) ;; *) continue;; esac
    cfg_s_rest=${cfg_s_look#*|*|*|*|*|*|}
    if [ $# -gt 0 ] && [ ${#1} = "${cfg_s_rest%%|*}" ]; then eval "cfg_s_sum_$cfg_s_i=\$1"; shift; else set --; cfg_s_links=odd; fi
  done
  [ $# = 0 ] || cfg_s_links=odd
  [ "$cfg_s_links" = odd ] || return 0
  cfg_s_i=0
  while cfg_next_path; do
    eval "case \$cfg_s_look_$cfg_s_i in 'symbolic link|'*) cfg_s_path_$cfg_s_i= cfg_s_look_$cfg_s_i=;; esac"
  done
}

# cfg_tell_path PATH DIGEST LIMIT OWNER GROUP [GOES]: the answer of cfg_path.
cfg_tell_path() {
  eval "cfg_s_look=\$cfg_s_look_$cfg_index cfg_s_sum=\$cfg_s_sum_$cfg_index cfg_s_end=\$cfg_s_end_$cfg_index"
  cfg_s_at=$1 cfg_s_digest=$2 cfg_s_limit=$3 cfg_s_goes=$6 cfg_missing=
  case $4 in *[!0-9]*) cfg_s_own=name; [ "$4" = root ] || cfg_is_there "$cfg_s_users_there" "$4" || cfg_missing=" user:$4";; *) cfg_s_own=;; esac
  case $5 in *[!0-9]*) cfg_s_grp=name; [ "$5" = root ] || cfg_is_there "$cfg_s_groups_there" "$5" || cfg_missing="$cfg_missing group:$5";; *) cfg_s_grp=;; esac
  case $cfg_s_look in
    absent) cfg_tell_absent; return;;
    hangs) cfg_said="$1 does not answer: a look at it did not end within 5 s (a file server or device that is gone?)"; return 2;;
    *'|'*) ;;
    *) return 1;;
  esac
  cfg_s_ifs=$IFS; IFS='|'; set -f
  # shellcheck disable=SC2086 # fields
  set -- $cfg_s_look
  IFS=$cfg_s_ifs; set +f
  if [ -n "$cfg_s_own" ]; then cfg_s_own=$3; else cfg_s_own=$4; fi
  if [ -n "$cfg_s_grp" ]; then cfg_s_grp=$5; else cfg_s_grp=$6; fi
  case $cfg_s_own$cfg_s_grp in *UNKNOWN*) cfg_s_own=$4 cfg_s_grp=$6;; esac
  cfg_s_head="$2|$cfg_s_own|$cfg_s_grp"
  case $1 in
    'regular '*)
      [ -n "$cfg_s_sum" ] && [ "$cfg_s_look" = "$cfg_s_end" ] || return 1
      cfg_s_sum=${cfg_s_sum%% *}
      if [ "$cfg_s_sum" != "$cfg_s_digest" ]; then
        cfg_is_free "$cfg_s_at" || return 1
        if [ "$cfg_s_digest$cfg_s_goes" != '?' ] && [ -z "$cfg_s_goes" ]; then
          case $cfg_s_acls in unknown*|*" $cfg_s_at$cfg_nl"*) return 1;; esac
          [ "$8" -le 1 ] || cfg_missing="$cfg_missing names:$8"
        fi
        # A file of the kernel has content, and a size of 0.
        case $7:$cfg_s_sum in 0:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855) ;; 0:*) return 1;; esac
        if [ "$7" -le "$cfg_s_limit" ] && [ "$7" -gt 0 ]; then cfg_tail="$7 $cfg_s_sum" cfg_tail_at=$cfg_s_at; fi
      fi
      [ -z "$cfg_s_goes" ] || cfg_holds_nothing "$cfg_s_at" || return 1
      cfg_said="${cfg_said}file|$cfg_s_head|$7|$cfg_s_sum${cfg_nl}missing$cfg_missing$cfg_nl";;
    'symbolic link')
      [ "$cfg_s_look" = "$cfg_s_end" ] || return 1
      [ -z "$cfg_s_goes" ] || cfg_is_free "$cfg_s_at" || return 1
      cfg_said="${cfg_said}symlink|$cfg_s_head|$7${cfg_nl}missing$cfg_missing$cfg_nl$cfg_s_sum$cfg_nl";;
    directory)
      if [ -n "$cfg_s_goes" ]; then cfg_is_free "$cfg_s_at" && cfg_holds_nothing "$cfg_s_at"; else cfg_may_write "$cfg_s_at"; fi || return 1
      cfg_said="${cfg_said}directory|$cfg_s_head${cfg_nl}missing$cfg_missing$cfg_nl";;
    *) cfg_said="${cfg_said}other|$1${cfg_nl}missing$cfg_missing$cfg_nl";;
  esac
}

# cfg_tell_absent: the answer for a path at which nothing is.
cfg_tell_absent() {
  cfg_s_dir=${cfg_s_at%/*}; cfg_s_dir=${cfg_s_dir:-/}
  if [ -d "$cfg_s_dir" ]; then
    [ -n "$cfg_s_goes" ] || cfg_may_write "$cfg_s_dir" || return 1
    cfg_s_dir=directory
  elif [ -e "$cfg_s_dir" ] || [ -L "$cfg_s_dir" ]; then cfg_s_dir=other
  else cfg_s_dir=absent; fi
  cfg_said="${cfg_said}absent|$cfg_s_dir${cfg_nl}missing$cfg_missing$cfg_nl"
}

# cfg_is_free PATH: whether cfg_denied would find nothing; the directory is asked for once only.
cfg_is_free() {
  cfg_s_dir=${1%/*}
  cfg_may_write "${cfg_s_dir:-/}" || return 1
  if [ -f "$1" ] && ! [ -L "$1" ] && [ -O / ]; then cfg_can_write "$1" || return 1
  elif ! [ -O "$1" ] && ! [ -O / ]; then return 1; fi
  case $cfg_s_mounts in *" $1 "*) return 1;; esac
}

# cfg_may_write DIRECTORY: cfg_can_write, once for each directory.
cfg_may_write() {
  case $cfg_s_writable in *"$cfg_nl$1$cfg_nl"*) return 0;; esac
  cfg_can_write "$1" && cfg_s_writable=$cfg_s_writable$1$cfg_nl
}

# cfg_holds_nothing PATH: whether cfg_holds would find nothing. The kernel escapes some characters of mount points.
cfg_holds_nothing() {
  case $1 in *' '*|*'#'*|*'	'*) return 1;; esac
  case $cfg_s_mounts in *" $1 "*|*" $1/"*) return 1;; esac
}
