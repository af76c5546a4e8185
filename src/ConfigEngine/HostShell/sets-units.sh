# The units of a set: one systemctl(1) for all units of which the same properties are asked.

# cfg_want_show UNIT PROPERTIES: notes a unit for systemctl show. Sets cfg_index. A pattern stands for more than one unit, so it is
# asked alone.
cfg_want_show() {
  ! cfg_wants units || cfg_s_shows=0 cfg_s_property_lists=' ' cfg_s_actives=''
  cfg_s_shows=$((cfg_s_shows + 1)) cfg_index=$cfg_s_shows
  case $1 in *[*?[]*|*"$cfg_nl"*|'') cfg_s_unit=;; *) cfg_s_unit=$1;; esac
  eval "cfg_s_unit_$cfg_index=\$cfg_s_unit cfg_s_show_$cfg_index='' cfg_s_list_$cfg_index=\$2"
  case $cfg_s_property_lists in *" $2 "*) ;; *) cfg_s_property_lists="$cfg_s_property_lists$2 ";; esac
}

# cfg_find_units: asks for all units, list by list. Each unit has its lines, and an empty line between two of them.
cfg_find_units() {
  for cfg_s_list in $cfg_s_property_lists; do
    set --
    cfg_s_i=0
    while cfg_next_unit; do set -- "$@" "$cfg_s_unit"; done
    [ $# -gt 0 ] || continue
    cfg_s_out=$(timeout -k 2 20 systemctl show --property="$cfg_s_list" -- "$@" 2>/dev/null) || continue
    cfg_s_out=$cfg_s_out$cfg_nl$cfg_nl cfg_s_rest=$cfg_s_out cfg_s_i=0
    while [ -n "$cfg_s_rest" ]; do cfg_s_rest=${cfg_s_rest#*"$cfg_nl$cfg_nl"} cfg_s_i=$((cfg_s_i + 1)); done
    [ $cfg_s_i = $# ] || continue
    cfg_s_i=0
    while cfg_next_unit; do
      eval "cfg_s_show_$cfg_s_i=\${cfg_s_out%%\"\$cfg_nl\$cfg_nl\"*}"
      cfg_s_out=${cfg_s_out#*"$cfg_nl$cfg_nl"}
    done
  done
  cfg_find_install
  [ -z "$cfg_s_actives" ] || cfg_find_actives
}

# cfg_next_unit: sets cfg_s_unit to the unit after number cfg_s_i of which the properties in cfg_s_list are asked.
cfg_next_unit() {
  while [ "$cfg_s_i" -lt "$cfg_s_shows" ]; do
    cfg_s_i=$((cfg_s_i + 1))
    eval "cfg_s_unit=\$cfg_s_unit_$cfg_s_i cfg_s_of=\$cfg_s_list_$cfg_s_i"
    [ -z "$cfg_s_unit" ] || [ "$cfg_s_of" != "$cfg_s_list" ] || return 0
  done
  return 1
}

# cfg_find_install: the lines of all files that enabled units are made of, as far as cfg_install needs them.
cfg_find_install() {
  set --
  cfg_s_files=$cfg_nl cfg_s_i=0 cfg_s_install=
  while [ "$cfg_s_i" -lt "$cfg_s_shows" ]; do
    cfg_s_i=$((cfg_s_i + 1))
    eval "cfg_unit=\$cfg_s_show_$cfg_s_i"
    case $cfg_nl$cfg_unit$cfg_nl in *"${cfg_nl}UnitFileState=enabled$cfg_nl"*) ;; *) continue;; esac
    cfg_property Id; cfg_id=$cfg_value
    cfg_property FragmentPath
    case $cfg_value in /*) ;; *) continue;; esac
    for cfg_file in "$cfg_value" "/etc/systemd/system/$cfg_id.d"/*.conf "/etc/systemd/system/${cfg_value##*/}.d"/*.conf; do
      [ -f "$cfg_file" ] || continue
      case $cfg_s_files in *"$cfg_nl$cfg_file$cfg_nl"*) continue;; esac
      cfg_s_files=$cfg_s_files$cfg_file$cfg_nl
      set -- "$@" "$cfg_file"
    done
  done
  [ $# -gt 0 ] || return 0
  cfg_s_install=$cfg_nl$(timeout -k 2 10 grep -aH -e '^\[' -e '^[[:space:]]*\(WantedBy\|RequiredBy\|UpheldBy\|Alias\)[[:space:]]*=' -- "$@" 2>/dev/null)$cfg_nl
}

# cfg_want_unit_loaded UNIT: see cfg_unit_loaded.
cfg_want_unit_loaded() { cfg_want_show "$1" NeedDaemonReload; }
cfg_tell_unit_loaded() {
  if [ -d /run/systemd/system ]; then
    eval "cfg_s_show=\$cfg_s_show_$cfg_index"
    case $cfg_s_show in *=yes*) cfg_said="${cfg_said}loaded=no$cfg_nl"; return;; *=no*) ;; *) return 1;; esac
  fi
  cfg_said="${cfg_said}loaded=yes$cfg_nl"
}

# cfg_want_unit UNIT PROPERTIES ENABLED: see cfg_unit. Whether an enabled unit has the links that it asks for can mostly be told from
# its files; where they differ, or others are enabled in its place, systemctl has to be asked, and so the unit alone.
cfg_want_unit() { cfg_want_show "$1" "Id,LoadState,LoadError,FragmentPath,UnitFileState,SourcePath${2:+,$2}"; }
cfg_tell_unit() {
  eval "cfg_unit=\$cfg_s_show_$cfg_index"
  case $cfg_unit in ''|*UnitFileState=generated*) return 1;; esac
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_line in $cfg_unit; do case $cfg_s_line in SubState=*) ;; *) cfg_said=$cfg_said$cfg_s_line$cfg_nl;; esac; done
  IFS=$cfg_s_ifs; set +f
  case $cfg_unit in *SubState=auto-restart*) cfg_said="${cfg_said}Restarting=yes$cfg_nl";; esac
  [ -n "$3" ] || return 0
  cfg_property FragmentPath; cfg_fragment=$cfg_value
  cfg_property Id; cfg_id=$cfg_value
  [ -f "$cfg_fragment" ] || return 0
  cfg_property UnitFileState
  case $cfg_value in
    enabled) cfg_install_is_plain "$cfg_id" "$cfg_fragment";;
    indirect|linked*) return 1;;
  esac
}

# cfg_install_is_plain UNIT FRAGMENT: whether the links of an enabled unit are just those that its [Install] section asks for.
cfg_install_is_plain() {
  cfg_install_links "$1" "$2"
  cfg_asked=
  for cfg_file in "$2" "/etc/systemd/system/$1.d"/*.conf "/etc/systemd/system/${2##*/}.d"/*.conf; do
    [ -f "$cfg_file" ] || continue
    case $cfg_s_files in *"$cfg_nl$cfg_file$cfg_nl"*) cfg_asked_by "$1" "$cfg_file" || return 1;; *) return 1;; esac
  done
  cfg_same "$cfg_have" "$cfg_asked"
}

# cfg_asked_by UNIT FILE: adds to cfg_asked what the [Install] section of a file asks for. A continued line is for systemctl to read.
cfg_asked_by() {
  cfg_s_rest=$cfg_s_install cfg_s_in=
  case $cfg_s_rest in *"$cfg_nl$2:"*) ;; *) return 0;; esac
  cfg_s_rest=${cfg_s_rest#*"$cfg_nl$2:"}
  cfg_s_rest=$2:$cfg_s_rest
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  # shellcheck disable=SC2086 # lines
  set -- "$1" "$2" $cfg_s_rest
  IFS=$cfg_s_ifs
  cfg_s_of=$1 cfg_s_from=$2 cfg_s_code=0
  shift 2
  for cfg_s_line; do
    case $cfg_s_line in "$cfg_s_from:"*) ;; *) break;; esac
    cfg_s_line=${cfg_s_line#"$cfg_s_from:"}
    case $cfg_s_line in
      '[Install]'*) cfg_s_in=yes; continue;;
      '[I'*) continue;;
      '['*) cfg_s_in=; continue;;
      *\\) cfg_s_code=1; break;;
    esac
    [ -n "$cfg_s_in" ] || continue
    cfg_s_words=${cfg_s_line#*=}
    case ${cfg_s_line%%=*} in
      *WantedBy*) cfg_s_line=wants;;
      *RequiredBy*) cfg_s_line=requires;;
      *UpheldBy*) cfg_s_line=upholds;;
      *) cfg_s_line=;;
    esac
    for cfg_word in $cfg_s_words; do
      if [ -n "$cfg_s_line" ]; then cfg_asked="$cfg_asked $cfg_word.$cfg_s_line/$cfg_s_of"; elif [ "$cfg_word" != "$cfg_s_of" ]; then cfg_asked="$cfg_asked $cfg_word"; fi
    done
  done
  set +f
  return $cfg_s_code
}

# cfg_want_triggers UNIT...: see cfg_triggers.
cfg_want_triggers() { ! cfg_wants units || cfg_s_shows=0 cfg_s_property_lists=' ' cfg_s_actives=''; cfg_s_actives="$cfg_s_actives $*"; }

# cfg_find_actives: which of the noted units are active; a state in between is asked for alone.
cfg_find_actives() {
  # shellcheck disable=SC2086 # names
  cfg_s_out=$(timeout -k 2 20 systemctl is-active -- $cfg_s_actives 2>/dev/null)
  # shellcheck disable=SC2086 # words
  set -- $cfg_s_out
  cfg_s_states=' '
  for cfg_name in $cfg_s_actives; do
    [ $# -gt 0 ] || { cfg_s_states=' '; return 0; }
    cfg_s_states="$cfg_s_states$cfg_name=$1 "
    shift
  done
  [ $# = 0 ] || cfg_s_states=' '
}

cfg_tell_triggers() {
  cfg_word=
  for cfg_name; do
    case $cfg_s_states in
      *" $cfg_name=active "*) cfg_word="$cfg_word $cfg_name";;
      *" $cfg_name=inactive "*|*" $cfg_name=failed "*|*" $cfg_name=unknown "*) ;;
      *) return 1;;
    esac
  done
  [ -z "$cfg_word" ] || cfg_said="${cfg_said}Triggers=${cfg_word# }$cfg_nl"
}
