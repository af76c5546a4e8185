# A change of a configuration is checked in a copy of the whole configuration, before it is made. A CHANGE is: file PATH, whose
# content is in "$cfg_new"; link PATH TARGET; gone PATH; and at the end tree DIRECTORY NAME…, whose content is in the working
# directory. Each tool has a function cfg_check_TOOL ROOT CHANGE…. It returns 0 if the tool accepts the change or is not installed;
# 1 if the tool does not accept it; and 2 if the tool could not be asked. Its messages name files by their real paths.

# cfg_check TOOL ROOT CHANGE…: whether the configuration in a directory is valid with the changes. An older mistake does not count
# against this change: a valid change can be made beside it, in any order.
cfg_check() (
  set +e
  cfg_tool=$1 cfg_root=$2
  shift 2
  if cfg_verdict=$(cfg_in_copy "$@" 2>&1); then exit 0; else cfg_code=$?; fi
  if [ $cfg_code = 1 ] && ! cfg_blamed "$@"; then
    if cfg_in_copy >/dev/null 2>&1; then :; elif [ $? = 1 ]; then exit 0; fi
  fi
  printf '%s\n' "$cfg_verdict" >&2
  exit 1
)

# cfg_blamed CHANGE…: whether the tool's message names a changed file.
cfg_blamed() {
  while [ $# -gt 0 ]; do
    case $1 in
      tree) cfg_below=$2; shift 2; for cfg_name; do case $cfg_verdict in *"$cfg_below/$cfg_name"*) return 0;; esac; done; return 1;;
      *) case $cfg_verdict in *"$2"*) return 0;; esac;;
    esac
    [ "$1" != link ] || shift
    shift 2
  done
  return 1
}

# cfg_in_copy CHANGE…: runs the tool on a copy with the changes. The copy is in $cfg_dir, for this user only, with every file at its
# path.
cfg_in_copy() (
  cfg_dir=$(mktemp -d) || exit 2
  trap 'rm -rf -- "$cfg_dir"' EXIT
  trap 'exit 143' TERM
  cfg_twin=$cfg_dir$cfg_root
  "cfg_check_$cfg_tool" "$@"
)

# cfg_shadow PARTS CHANGE…: makes the copy: of parts of the directory, or of all of it (.). Links keep their targets; links into the
# directory lead into the copy.
# those into the directory into the copy.
cfg_shadow() {
  cfg_parts=$1
  shift
  mkdir -p -- "$cfg_twin" || return 2
  for cfg_part in $cfg_parts; do
    [ ! -e "$cfg_root/$cfg_part" ] || cp -a -- "$cfg_root/$cfg_part" "$cfg_twin/" || return 2
  done
  cfg_overlay "$@" || return 2
  find "$cfg_twin" -type l | while IFS= read -r cfg_link; do
    cfg_to=$(readlink "$cfg_link")
    case $cfg_to in
      "$cfg_root"/*) ln -sfn -- "$cfg_dir$cfg_to" "$cfg_link";;
      ../*)
        cfg_was=${cfg_link#"$cfg_dir"}
        cfg_real=$(readlink -f -- "${cfg_was%/*}/$cfg_to") || continue
        case $cfg_real in "$(readlink -f -- "$cfg_root")"/*) ;; *) ln -sfn -- "$cfg_real" "$cfg_link";; esac;;
    esac
  done
}

# cfg_overlay CHANGE…: makes the changes in the copy.
cfg_overlay() {
  while [ $# -gt 0 ]; do
    case $1 in
      file) cfg_cleared "$2" && cp -p -- "$cfg_new" "$cfg_dir$2" || return;;
      link) cfg_cleared "$2" && ln -s -- "$3" "$cfg_dir$2" || return; shift;;
      gone) cfg_cleared "$2" || return;;
      tree)
        cfg_below=$2
        shift 2
        for cfg_name; do cfg_cleared "$cfg_below/$cfg_name" && cp -p -- "./$cfg_name" "$cfg_dir$cfg_below/$cfg_name" || return; done
        return;;
    esac
    shift 2
  done
}

# cfg_cleared PATH: makes room for a path in the copy.
cfg_cleared() { cfg_place=$cfg_dir$1; rm -rf -- "$cfg_place" && mkdir -p -- "${cfg_place%/*}"; }

# cfg_repoint: in the copy, replaces paths in the directory with paths in the copy.
cfg_repoint() {
  for cfg_part in $cfg_parts; do
    [ "$cfg_part" != . ] || cfg_part=
    find "$cfg_twin" -type f -exec sed -i "s#\(^\|[[:space:]\"'=(,;]\)$cfg_root/$cfg_part#\1$cfg_twin/$cfg_part#g" {} + || return 2
  done
}

# cfg_includes FROM BASE: in the copy, changes includes of files in FROM to files in the copy; a relative name is relative to BASE.
cfg_includes() {
  find "$cfg_twin" -type f | while IFS= read -r cfg_file; do
    grep -qiE "^[[:space:]]*[@#]?include(dir)?[[:space:]]" "$cfg_file" || continue
    awk -v from="$1/" -v to="$cfg_dir$1/" -v base="$2/" 'tolower($1) ~ /^[@#]?include(dir)?$/ {
      for (i = 2; i <= NF; i++) {
        if ($i !~ /^["\/]/) $i = base $i
        if (index($i "/", from) == 1) $i = to substr($i, length(from) + 1)
      }
    } { print }' "$cfg_file" >"$cfg_dir/.cfg.new" && cat "$cfg_dir/.cfg.new" >"$cfg_file" || exit 2
  done
}

# cfg_judge COMMAND…: runs a check of the copy.
cfg_judge() {
  cfg_said=$(cd / && timeout 60 "$@" 2>&1 </dev/null) && return
  [ $? != 124 ] || cfg_said="$cfg_said
$1 did not end within 60 s"
  printf '%s\n' "$cfg_said" | sed "s|$cfg_dir||g" >&2
  return 1
}

# cfg_refuse WHAT: ends a step whose check failed.
cfg_refuse() { printf 'the configuration would not be valid with this: %s\n' "$1" >&2; exit 1; }

# cfg_write_after PATH OWNER GROUP MODE CHECK AFTER: as cfg_write, and then checks the file in its place. If that check fails, the
# old file is restored, and a message says so.
cfg_write_after() {
  cfg_old=$(mktemp -d) || return
  trap 'rm -rf -- "$cfg_old"' EXIT
  [ ! -e "$1" ] || cfg_copy "$1" "$cfg_old/file" || return
  ( cfg_write "$1" "$2" "$3" "$4" "$5" ) || return
  if (eval "$6") </dev/null; then return 0; fi
  cfg_is_back=yes
  if [ -e "$cfg_old/file" ]; then cfg_copy "$cfg_old/file" "$1" || cfg_is_back=no; else cfg_remove "${1%/*}/" "${1##*/}" || cfg_is_back=no; fi
  if [ $cfg_is_back = yes ]; then
    [ -z "$cfg_run" ] || ! [ -w "$cfg_run/phase" ] || printf 'nothing\n' >"$cfg_run/phase"
    printf 'the new %s does not pass its check; what was there before is back\n' "$1" >&2
  else
    printf 'the new %s does not pass its check, and what was there before could not be put back\n' "$1" >&2
  fi
  return 1
}
