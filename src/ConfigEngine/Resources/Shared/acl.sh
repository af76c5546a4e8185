# cfg_acl PATH USERS GROUPS: the type of what is at a path; which of the users and groups are missing, and whether this user may change
# the path; and its access control list. The list is read from the open path, which nobody can exchange.
cfg_acl() { cfg_steadily "$1" cfg_acl_once "$@"; }
cfg_acl_once() (
  cfg_missing=
  for cfg_name in $2; do case $cfg_name in *[!0-9]*) [ "$cfg_name" = root ] || id -u "$cfg_name" >/dev/null 2>&1 || cfg_missing="$cfg_missing user:$cfg_name";; esac; done
  for cfg_name in $3; do case $cfg_name in *[!0-9]*) [ "$cfg_name" = root ] || cfg_group "$cfg_name" || cfg_missing="$cfg_missing group:$cfg_name";; esac; done
  cfg_beside "$1" || { printf 'absent\nmissing%s\n' "$cfg_missing"; exit; }
  cfg_id=$(timeout -k 2 10 stat -c "%F|$cfg_identity" -- "$cfg_it" 2>/dev/null) || {
    [ $? != 124 ] || { printf '%s does not answer\n' "$1" >&2; exit 1; }
    printf 'absent\nmissing%s\n' "$cfg_missing"
    exit
  }
  case $cfg_id in
    'regular '*) cfg_type='file';;
    'directory|'*) cfg_type=directory;;
    *) printf 'other\nmissing%s\n' "$cfg_missing"; exit;;
  esac
  [ -O / ] || [ -O "$cfg_it" ] || cfg_missing="$cfg_missing denied:itself:$(id -un)"
  {
    cfg_is_open "${cfg_id#*|}" || exit 75
    cfg_list=$(getfacl -cpE -- /proc/self/fd/9) || exit
  } 9<"$cfg_it" || { cfg_look=$?; [ $cfg_look != 75 ] || exit 75; printf '%s cannot be read\n' "$1" >&2; exit 1; }
  printf '%s\nmissing%s\n%s\n' "$cfg_type" "$cfg_missing" "$cfg_list"
)

# cfg_acl_set PATH GONE SET: takes entries off the list of a path and sets others, as setfacl(1) names them, and leaves the rest alone. A
# file with another name (a hard link) is not touched where somebody else can write: it may be any file.
cfg_acl_set() { cfg_acl_change "$1" -n ${2:+-x "$2"} ${3:+-m "$3"}; }

# cfg_acl_change PATH ARGUMENT...: setfacl(1) for an open path.
cfg_acl_change() (
  cfg_beside "$1" || exit
  cfg_id=$(stat -c "%F|%h|$cfg_identity" -- "$cfg_it") || exit
  case $cfg_id in
    'regular '*'|1|'*|'directory|'*) ;;
    'regular '*) cfg_ours || { printf '%s has other names, in a directory that somebody else can write\n' "$1" >&2; exit 1; };;
    *) printf '%s is neither a file nor a directory\n' "$1" >&2; exit 1;;
  esac
  exec 9<"$cfg_it" || exit
  cfg_is_open "${cfg_id##*|}" || { printf '%s was exchanged for something else\n' "$1" >&2; exit 1; }
  cfg_touch
  shift
  setfacl "$@" -- /proc/self/fd/9
)

# cfg_acl_none PATH: takes the whole list off a path, in the same way.
cfg_acl_none() { cfg_acl_change "$1" -b; }

# cfg_want_acl PATH USERS GROUPS: see cfg_acl. The lists of a set: one getfacl(1), where the paths can be asked for by name (see
# cfg_want_path).
cfg_want_acl() {
  cfg_want_path "$1" '?' -1 '' ''
  for cfg_name in $2; do case $cfg_name in *[!0-9]*) [ "$cfg_name" = root ] || cfg_note_user "$cfg_name";; esac; done
  for cfg_name in $3; do case $cfg_name in *[!0-9]*) [ "$cfg_name" = root ] || cfg_note_group "$cfg_name";; esac; done
  ! cfg_wants acl || cfg_s_listed=
  cfg_s_listed="$cfg_s_listed $cfg_index"
}

cfg_find_acl() {
  cfg_s_lists=$cfg_nl
  set --
  for cfg_s_i in $cfg_s_listed; do
    eval "cfg_s_at=\$cfg_s_path_$cfg_s_i cfg_s_look=\$cfg_s_look_$cfg_s_i"
    case $cfg_s_look in 'regular '*|'directory|'*) [ -z "$cfg_s_at" ] || set -- "$@" "$cfg_s_at";; esac
  done
  [ $# = 0 ] || cfg_s_lists=$cfg_nl$(timeout -k 2 20 getfacl -pE -- "$@" 2>/dev/null)$cfg_nl$cfg_nl
}

cfg_tell_acl() {
  eval "cfg_s_look=\$cfg_s_look_$cfg_index"
  cfg_missing=
  for cfg_name in $2; do case $cfg_name in *[!0-9]*) [ "$cfg_name" = root ] || cfg_is_there "$cfg_s_users_there" "$cfg_name" || cfg_missing="$cfg_missing user:$cfg_name";; esac; done
  for cfg_name in $3; do case $cfg_name in *[!0-9]*) [ "$cfg_name" = root ] || cfg_is_there "$cfg_s_groups_there" "$cfg_name" || cfg_missing="$cfg_missing group:$cfg_name";; esac; done
  case $cfg_s_look in
    absent) cfg_said="${cfg_said}absent${cfg_nl}missing$cfg_missing$cfg_nl"; return 0;;
    'regular '*) cfg_type='file';;
    'directory|'*) cfg_type=directory;;
    *) return 1;;
  esac
  case $cfg_s_lists in *"$cfg_nl# file: $1$cfg_nl"*) ;; *) return 1;; esac
  [ -O / ] || [ -O "$1" ] || cfg_missing="$cfg_missing denied:itself:$(id -un)"
  cfg_s_rest=${cfg_s_lists#*"$cfg_nl# file: $1$cfg_nl"}
  cfg_s_rest=${cfg_s_rest%%"$cfg_nl$cfg_nl"*}
  while :; do case $cfg_s_rest in '# '*) cfg_s_rest=${cfg_s_rest#*"$cfg_nl"};; *) break;; esac; done
  cfg_said="$cfg_said$cfg_type${cfg_nl}missing$cfg_missing$cfg_nl$cfg_s_rest$cfg_nl"
}
