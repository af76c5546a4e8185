# The users and groups of a set: one getent(1) and two id(1) for all users, and one getent(1) for all groups.

# cfg_want_user NAME SHADOW HOME GROUP...: see cfg_user.
cfg_want_user() {
  cfg_wants_entries
  cfg_note_user "$1"
  cfg_s_members_of="$cfg_s_members_of$1 "
  [ -z "$2" ] || cfg_s_shadows="$cfg_s_shadows $1"
  [ -z "$3" ] || cfg_s_homes=yes
  shift 3
  for cfg_g; do cfg_note_group "$cfg_g"; done
}

# cfg_want_members GROUP USER...: see cfg_members.
cfg_want_members() {
  cfg_wants_entries
  cfg_note_group "$1"
  shift
  for cfg_u; do cfg_note_user "$cfg_u"; done
}

# cfg_want_taken DATABASE NUMBER NAME: see cfg_taken.
cfg_want_taken() {
  cfg_wants_entries
  case $1 in passwd) cfg_s_uids="$cfg_s_uids $2";; *) cfg_s_gids="$cfg_s_gids $2";; esac
}

# cfg_want_used NAME UID HOME, cfg_want_busy NAME, cfg_want_home_mounts NAME: see cfg_used, cfg_busy and cfg_home_mounts.
cfg_want_used() { cfg_wants_entries; cfg_note_user "$1"; }
cfg_want_busy() { cfg_wants_entries; cfg_note_user "$1"; }
cfg_want_home_mounts() { cfg_wants_entries; cfg_note_user "$1"; }

# cfg_wants_entries: entries will be asked for.
cfg_wants_entries() { ! cfg_wants entries || cfg_s_shadows='' cfg_s_homes='' cfg_s_uids='' cfg_s_gids='' cfg_s_members_of=' '; }

# cfg_find_entries: asks for all of them.
cfg_find_entries() {
  cfg_find_accounts
  cfg_entries passwd "$cfg_s_uids"; cfg_s_uid_entries=$cfg_s_entries cfg_s_uid_code=$cfg_s_code
  cfg_entries group "$cfg_s_gids"; cfg_s_gid_entries=$cfg_s_entries cfg_s_gid_code=$cfg_s_code
  cfg_entries shadow "$cfg_s_shadows"; cfg_s_shadow_entries=$cfg_s_entries
  cfg_s_named='' cfg_s_homes_there=$cfg_nl
  set --
  for cfg_name in $cfg_s_members_of; do
    case $cfg_s_passwd in *"$cfg_nl$cfg_name:"*) case " $* " in *" $cfg_name "*) ;; *) set -- "$@" "$cfg_name";; esac;; esac
  done
  [ $# -gt 0 ] || return 0

  # Each user's groups are on a line. Older versions of id(1) take only one user.
  cfg_s_primaries=$(timeout -k 2 20 id -gn -- "$@" 2>/dev/null) || cfg_s_primaries=
  cfg_s_groupings=$(timeout -k 2 20 id -Gn -- "$@" 2>/dev/null) || cfg_s_groupings=
  cfg_count_lines "$cfg_s_primaries"
  if [ "$cfg_s_count" = $# ]; then
    cfg_count_lines "$cfg_s_groupings"
    [ "$cfg_s_count" != $# ] || cfg_s_named="$*"
  fi
  [ -z "$cfg_s_homes" ] || cfg_find_homes
}

# cfg_count_lines TEXT: sets cfg_s_count to the number of its lines.
cfg_count_lines() {
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  # shellcheck disable=SC2086 # lines
  set -- $1
  IFS=$cfg_s_ifs; set +f
  cfg_s_count=$#
}

# cfg_find_homes: which homes exist. One may be on a file server that is gone; then each is asked for alone.
cfg_find_homes() {
  set --
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_line in $cfg_s_passwd; do cfg_s_line=${cfg_s_line%:*}; set -- "$@" "${cfg_s_line##*:}"; done
  IFS=$cfg_s_ifs; set +f
  # shellcheck disable=SC2016 # for the other shell to expand
  cfg_s_out=$(timeout -k 2 10 sh -c 'for home; do if test -d "$home"; then echo "yes $home"; else echo "no $home"; fi; done' sh "$@") || cfg_s_out=
  cfg_s_homes_there=$cfg_nl$cfg_s_out$cfg_nl
}

# cfg_entry_of ENTRIES NAME: sets cfg_entry to the entry of a name.
cfg_entry_of() {
  case $1 in *"$cfg_nl$2:"*) ;; *) return 1;; esac
  cfg_entry=${1#*"$cfg_nl$2:"}
  cfg_entry=$2:${cfg_entry%%"$cfg_nl"*}
}

# cfg_entry_by_number ENTRIES NUMBER: the same for a number; an empty entry if there is none.
cfg_entry_by_number() {
  cfg_entry=
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_line in $1; do
    case $cfg_s_line in *:*:"$2":*) cfg_s_rest=${cfg_s_line#*:*:}; [ "${cfg_s_rest%%:*}" != "$2" ] || { cfg_entry=$cfg_s_line; break; };; esac
  done
  IFS=$cfg_s_ifs; set +f
}

# cfg_is_no_user NAME, cfg_is_no_group NAME: whether it is certain that there is none.
cfg_is_no_user() { ! cfg_is_there "$cfg_s_users_there" "$1" && case $cfg_s_passwd_code in 0|2) ;; *) return 1;; esac; }
cfg_is_no_group() { ! cfg_is_there "$cfg_s_groups_there" "$1" && case $cfg_s_group_code in 0|2) ;; *) return 1;; esac; }

cfg_tell_user() {
  cfg_name=$1 cfg_s_shadow=$2 cfg_s_home=$3 cfg_missing=
  shift 3
  for cfg_g; do cfg_is_there "$cfg_s_groups_there" "$cfg_g" || cfg_missing="$cfg_missing group:$cfg_g"; done
  ! [ -O / ] || cfg_can_write /etc || return 1
  cfg_said="${cfg_said}missing$cfg_missing$cfg_nl"
  if cfg_is_no_user "$cfg_name"; then cfg_said="${cfg_said}absent$cfg_nl"; return 0; fi
  cfg_entry_of "$cfg_s_passwd" "$cfg_name" && cfg_groups_of "$cfg_name" || return 1
  cfg_said="${cfg_said}passwd=$cfg_entry${cfg_nl}primary=$cfg_s_primary${cfg_nl}groups=$cfg_s_grouping$cfg_nl"
  cfg_s_at=${cfg_entry%:*} cfg_s_at=${cfg_s_at##*:}
  if [ -n "$cfg_s_shadow" ]; then
    cfg_entry_of "$cfg_s_shadow_entries" "$cfg_name" || return 1
    cfg_entry=${cfg_entry#*:}; cfg_entry=${cfg_entry%%:*}
    case $cfg_entry in !*|'*'*) cfg_said="${cfg_said}locked=yes$cfg_nl";; *) cfg_said="${cfg_said}locked=no$cfg_nl";; esac
    while :; do case $cfg_entry in !*) cfg_entry=${cfg_entry#!};; *) break;; esac; done
    case $cfg_entry in ''|'*') cfg_said="${cfg_said}hash=$cfg_nl";; *) return 1;; esac
  fi
  [ -n "$cfg_s_home" ] || return 0
  case $cfg_s_homes_there in
    *"${cfg_nl}yes $cfg_s_at$cfg_nl"*) cfg_said="${cfg_said}home=yes$cfg_nl";;
    *"${cfg_nl}no $cfg_s_at$cfg_nl"*) cfg_said="${cfg_said}home=no$cfg_nl";;
    *) return 1;;
  esac
}

# cfg_groups_of USER: sets cfg_s_primary and cfg_s_grouping to the lines of that user.
cfg_groups_of() {
  cfg_s_i=0 cfg_s_primary='' cfg_s_grouping=''
  for cfg_s_of in $cfg_s_named; do
    cfg_s_i=$((cfg_s_i + 1))
    [ "$cfg_s_of" != "$1" ] || break
  done
  [ "$cfg_s_of" = "$1" ] && [ $cfg_s_i -gt 0 ] || return 1
  cfg_line_of "$cfg_s_primaries" $cfg_s_i; cfg_s_primary=$cfg_line
  cfg_line_of "$cfg_s_groupings" $cfg_s_i; cfg_s_grouping=$cfg_line
  [ -n "$cfg_s_primary" ] && [ -n "$cfg_s_grouping" ]
}

# cfg_line_of TEXT NUMBER: sets cfg_line to that line.
cfg_line_of() {
  cfg_s_count=$2
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  # shellcheck disable=SC2086 # lines
  set -- $1
  IFS=$cfg_s_ifs; set +f
  shift $((cfg_s_count - 1))
  cfg_line=$1
}

cfg_tell_members() {
  cfg_name=$1 cfg_missing=
  shift
  for cfg_u; do cfg_is_there "$cfg_s_users_there" "$cfg_u" || cfg_missing="$cfg_missing user:$cfg_u"; done
  ! [ -O / ] || cfg_can_write /etc || return 1
  cfg_said="${cfg_said}missing$cfg_missing$cfg_nl"
  if cfg_is_no_group "$cfg_name"; then cfg_said="${cfg_said}absent$cfg_nl"; return 0; fi
  cfg_entry_of "$cfg_s_group" "$cfg_name" || return 1
  cfg_said="$cfg_said$cfg_entry$cfg_nl"
}

cfg_tell_taken() {
  if [ "$1" = passwd ]; then cfg_s_code=$cfg_s_uid_code; cfg_entry_by_number "$cfg_s_uid_entries" "$2"
  else cfg_s_code=$cfg_s_gid_code; cfg_entry_by_number "$cfg_s_gid_entries" "$2"; fi
  case $cfg_s_code in 0|2) ;; *) return 1;; esac
  case ${cfg_entry%%:*} in ''|"$3") ;; *) cfg_said="${cfg_said}taken=${cfg_entry%%:*}$cfg_nl";; esac
}

cfg_tell_used() {
  ! cfg_is_no_user "$1" || return 0
  cfg_entry_of "$cfg_s_passwd" "$1" || return 1
  cfg_uid=${cfg_entry#*:*:}; cfg_uid=${cfg_uid%%:*}; cfg_s_at=${cfg_entry%:*}; cfg_s_at=${cfg_s_at##*:}
  [ "${2:-$cfg_uid}" = "$cfg_uid" ] && [ "${3:-$cfg_s_at}" = "$cfg_s_at" ]
}

cfg_tell_busy() { cfg_is_no_user "$1"; }
cfg_tell_home_mounts() { cfg_is_no_user "$1"; }
