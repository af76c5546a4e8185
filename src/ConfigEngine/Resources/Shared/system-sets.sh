# The settings of the kernel and the modules of a set: one grep(1) for the values of all settings, one for all files of a directory
# such as sysctl.d.

# cfg_want_sysctl PATH: see cfg_sysctl.
cfg_want_sysctl() {
  ! cfg_wants sysctls || cfg_s_sysctls=$cfg_nl
  case $cfg_s_sysctls in *"$cfg_nl$1$cfg_nl"*) ;; *) cfg_s_sysctls=$cfg_s_sysctls$1$cfg_nl;; esac
}

# cfg_find_sysctls: all values at once. Their files give nothing to a shell that reads byte by byte.
cfg_find_sysctls() {
  set -- --
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_at in $cfg_s_sysctls; do [ ! -f "$cfg_s_at" ] || set -- "$@" "$cfg_s_at"; done
  IFS=$cfg_s_ifs; set +f
  cfg_s_values=$cfg_nl
  [ $# = 1 ] || cfg_s_values=$cfg_nl$(timeout -k 2 10 grep -aH '' "$@" 2>/dev/null)$cfg_nl
}

cfg_tell_sysctl() {
  if ! [ -e "$1" ]; then cfg_said="${cfg_said}absent$cfg_nl"; return 0; fi
  case $cfg_s_values in *"$cfg_nl$1:"*) ;; *) return 1;; esac
  cfg_live='' cfg_s_rest=${cfg_s_values#*"$cfg_nl$1:"}
  cfg_s_rest=$1:$cfg_s_rest
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_line in $cfg_s_rest; do
    case $cfg_s_line in "$1:"*) cfg_live="$cfg_live${cfg_live:+ }${cfg_s_line#"$1:"}";; *) break;; esac
  done
  IFS=$cfg_s_ifs; set +f
  # What is at its ends is cut off by the shell in the other way of asking.
  case $cfg_live in ''|' '*|*' ') return 1;; esac
  cfg_spaced "$cfg_live"
  if cfg_can_write "$1"; then cfg_said="${cfg_said}live $cfg_spaced$cfg_nl"; else cfg_said="${cfg_said}fixed $cfg_spaced$cfg_nl"; fi
}

# cfg_spaced TEXT: sets cfg_spaced to the text with spaces in the place of tabs.
cfg_spaced() {
  cfg_spaced='' cfg_s_rest=$1
  while :; do
    case $cfg_s_rest in
      *'	'*) cfg_spaced="$cfg_spaced${cfg_s_rest%%'	'*} " cfg_s_rest=${cfg_s_rest#*'	'};;
      *) cfg_spaced=$cfg_spaced$cfg_s_rest; return;;
    esac
  done
}

# cfg_want_drop_ins NAME EXPRESSION...: see cfg_drop_ins. Sets cfg_index.
cfg_want_drop_ins() {
  ! cfg_wants drop_ins || cfg_s_drops=0 cfg_s_drop_names=' '
  cfg_s_drops=$((cfg_s_drops + 1)) cfg_index=$cfg_s_drops
  case $cfg_s_drop_names in *" $1 "*) ;; *) cfg_s_drop_names="$cfg_s_drop_names$1 ";; esac
  cfg_s_name=$1
  shift
  cfg_pattern_of "$@"
  eval "cfg_s_drop_$cfg_index=\$cfg_s_name cfg_s_expressions_$cfg_index=\$* cfg_s_patterns_$cfg_index=\$cfg_patterns"
}

# cfg_pattern_of EXPRESSION...: sets cfg_patterns to the same as patterns of the shell, one on a line. Only the expressions that
# resources make can be told so: names, sets of characters, .* and the end of a name. For any other one it is empty.
cfg_pattern_of() {
  cfg_patterns=
  for cfg_expression; do
    cfg_s_ends=
    case $cfg_expression in *'([^[:alnum:]_./-]|$)') cfg_expression=${cfg_expression%'([^[:alnum:]_./-]|$)'} cfg_s_ends=yes;; esac
    cfg_s_pattern='*'
    while [ -n "$cfg_expression" ]; do
      case $cfg_expression in
        '\.'*) cfg_s_pattern="$cfg_s_pattern." cfg_expression=${cfg_expression#??};;
        '\+'*) cfg_s_pattern="$cfg_s_pattern+" cfg_expression=${cfg_expression#??};;
        '.*'*) cfg_s_pattern="$cfg_s_pattern*" cfg_expression=${cfg_expression#??};;
        '[./]'*) cfg_s_pattern="${cfg_s_pattern}[./]" cfg_expression=${cfg_expression#????};;
        '[*?[]'*) cfg_s_pattern="${cfg_s_pattern}[*?[]" cfg_expression=${cfg_expression#?????};;
        [A-Za-z0-9_:@-]*) cfg_s_pattern="$cfg_s_pattern${cfg_expression%"${cfg_expression#?}"}" cfg_expression=${cfg_expression#?};;
        *) cfg_patterns=; return 0;;
      esac
    done
    if [ -n "$cfg_s_ends" ]; then cfg_patterns="$cfg_patterns$cfg_s_pattern$cfg_nl${cfg_s_pattern}[!A-Za-z0-9_./-]*$cfg_nl"
    else cfg_patterns="$cfg_patterns$cfg_s_pattern*$cfg_nl"; fi
  done
}

# cfg_find_drop_ins: for each directory's name, the lines of all files in which any of the expressions matches, and the real paths of
# the files.
cfg_find_drop_ins() {
  cfg_s_drop_lines=$cfg_nl cfg_s_drop_files=$cfg_nl cfg_s_drop_real='' cfg_s_drop_odd=''
  for cfg_s_name in $cfg_s_drop_names; do
    set --
    cfg_s_i=0
    while [ "$cfg_s_i" -lt "$cfg_s_drops" ]; do
      cfg_s_i=$((cfg_s_i + 1))
      eval "cfg_s_of=\$cfg_s_drop_$cfg_s_i cfg_s_expressions=\$cfg_s_expressions_$cfg_s_i"
      [ "$cfg_s_of" = "$cfg_s_name" ] || continue
      set -f
      for cfg_expression in $cfg_s_expressions; do set -- "$@" -e "$cfg_expression"; done
      set +f
    done
    set -- "$@" --
    cfg_s_count=$#
    for cfg_file in "/etc/$cfg_s_name"/*.conf "/run/$cfg_s_name"/*.conf "/usr/local/lib/$cfg_s_name"/*.conf "/usr/lib/$cfg_s_name"/*.conf; do
      [ -e "$cfg_file" ] || continue
      case $cfg_file in *"$cfg_nl"*|*:*) cfg_s_drop_odd=yes;; esac
      set -- "$@" "$cfg_file"
      cfg_s_drop_files=$cfg_s_drop_files$cfg_file$cfg_nl
    done
    [ $# -gt $cfg_s_count ] || continue
    cfg_s_code=0
    cfg_s_out=$(timeout -k 2 10 grep -aHE "$@" 2>/dev/null) || cfg_s_code=$?
    [ $cfg_s_code -lt 2 ] || cfg_s_drop_odd=yes
    cfg_s_drop_lines=$cfg_s_drop_lines$cfg_s_out$cfg_nl
  done
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  # shellcheck disable=SC2086 # lines
  set -- $cfg_s_drop_files
  IFS=$cfg_s_ifs; set +f
  [ $# -gt 0 ] || return 0
  cfg_s_count=$#
  cfg_s_drop_real=$(timeout -k 2 10 readlink -f -- "$@" 2>/dev/null) || cfg_s_drop_odd=yes
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  # shellcheck disable=SC2086 # lines
  set -- $cfg_s_drop_real
  IFS=$cfg_s_ifs; set +f
  [ $# = $cfg_s_count ] || cfg_s_drop_odd=yes
}

cfg_tell_drop_ins() {
  eval "cfg_patterns=\$cfg_s_patterns_$cfg_index"
  [ -n "$cfg_patterns" ] && [ -z "$cfg_s_drop_odd" ] || return 1
  cfg_dirs="/etc/$1 /run/$1 /usr/local/lib/$1 /usr/lib/$1"
  for cfg_dir in $cfg_dirs; do
    for cfg_file in "$cfg_dir"/*.conf; do
      [ -e "$cfg_file" ] || continue
      cfg_lines_of "$cfg_file" || return 1
      if [ -z "$cfg_lines" ]; then
        cfg_same=
        for cfg_other in $cfg_dirs; do [ "$cfg_other" = "$cfg_dir" ] || ! [ -e "$cfg_other/${cfg_file##*/}" ] || cfg_same=yes; done
        [ -n "$cfg_same" ] || continue
      fi
      cfg_said="${cfg_said}file $cfg_file${cfg_nl}real $cfg_real$cfg_nl$cfg_lines"
    done
  done
}

# cfg_lines_of FILE: sets cfg_lines to its lines that match cfg_patterns, each after a space, and cfg_real to its real path. Returns 1
# for a file that was not there a moment ago.
cfg_lines_of() {
  cfg_lines='' cfg_real=''
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  # shellcheck disable=SC2086 # lines
  set -- "$1" $cfg_s_drop_real
  cfg_s_at=$1
  shift
  for cfg_s_line in $cfg_s_drop_files; do
    [ "$cfg_s_line" != "$cfg_s_at" ] || { cfg_real=$1; break; }
    shift
  done
  for cfg_s_line in $cfg_s_drop_lines; do
    case $cfg_s_line in "$cfg_s_at:"*) ;; *) continue;; esac
    cfg_s_line=${cfg_s_line#"$cfg_s_at:"}
    for cfg_s_pattern in $cfg_patterns; do
      # shellcheck disable=SC2254 # a pattern
      case $cfg_s_line in $cfg_s_pattern) cfg_lines="$cfg_lines $cfg_s_line$cfg_nl"; break;; esac
    done
  done
  IFS=$cfg_s_ifs; set +f
  [ -n "$cfg_real" ]
}

# cfg_want_module NAME LOADED BUILTIN FILE [EITHER]: see cfg_module. A module that is not loaded is asked for alone.
cfg_want_module() { ! cfg_wants modules || cfg_s_modules=; }
cfg_find_modules() { cfg_s_modules=$cfg_nl$(cat /proc/modules 2>/dev/null)$cfg_nl; }

cfg_tell_module() {
  case $2 in "^$1 ") ;; *) return 1;; esac
  case $1 in *[!A-Za-z0-9_]*) return 1;; esac
  case $cfg_s_modules in *"$cfg_nl$1 "*) ;; *) return 1;; esac
  if [ -n "$5" ]; then cfg_said="${cfg_said}known$cfg_nl"; else cfg_said="${cfg_said}loaded$cfg_nl"; fi
  if [ -e "$4" ]; then
    cfg_lines=
    while IFS= read -r cfg_s_line || [ -n "$cfg_s_line" ]; do cfg_lines="$cfg_lines $cfg_s_line$cfg_nl"; done <"$4" || return 1
    # Empty lines at the end are no part of the answer.
    while :; do case $cfg_lines in *"$cfg_nl $cfg_nl") cfg_lines=${cfg_lines%" $cfg_nl"};; *) break;; esac; done
    cfg_said=$cfg_said${cfg_lines:-" $cfg_nl"}
  fi
  cfg_said=$cfg_said$cfg_nl
}
