# Files that adjacent steps write are prepared together, before the first of these steps: each with its content, owner and mode, and on
# the disk, in a directory made for that beside its place. Its step then only renames it. One by one, each file takes several processes.
# This is done by name, so only in directories that nobody else can change (see cfg_trust). What is not prepared is written by its step
# (see cfg_write), which can also say why it cannot be written.

# cfg_file NUMBER PATH OWNER GROUP MODE FORM CONTENT: notes a file that the step of that number writes. Its content is plain text, or
# base64. An empty OWNER, GROUP or MODE means what it means for cfg_write.
cfg_file() {
  cfg_p_files="$cfg_p_files $1"
  eval "cfg_p_path_$1=\$2 cfg_p_owner_$1=\$3 cfg_p_group_$1=\$4 cfg_p_mode_$1=\$5 cfg_p_form_$1=\$6 cfg_p_content_$1=\$7"
}

# cfg_content NUMBER: prints the content of a noted file.
cfg_content() {
  eval "cfg_form=\$cfg_p_form_$1 cfg_text=\$cfg_p_content_$1"
  if [ "$cfg_form" = plain ]; then printf %s "$cfg_text"; else printf %s "$cfg_text" | base64 -d; fi
}

# cfg_move_or_write NUMBER PATH SCRIPT: renames a prepared file to its place. If it was not prepared, the script writes it, with the
# content as its input.
cfg_move_or_write() { cfg_move "$1" "$2" || cfg_content "$1" | ( cfg_acting; eval "$3" ); }

# cfg_move NUMBER PATH: renames a prepared file to its place. Returns 1 if it was not prepared.
cfg_move() {
  case " $cfg_ready " in *" $1 "*) ;; *) return 1;; esac
  cfg_touch && mv -fT -- "${2%/*}/$cfg_p_name/${2##*/}" "$2" && cfg_private='' && cfg_labelled "$2"
}

# cfg_unprepare: removes what is left of prepared files, also those of a run that was ended.
cfg_unprepare() {
  for cfg_n in $cfg_p_files; do
    unset "cfg_p_path_$cfg_n" "cfg_p_owner_$cfg_n" "cfg_p_group_$cfg_n" "cfg_p_mode_$cfg_n" "cfg_p_form_$cfg_n" "cfg_p_content_$cfg_n"
  done
  cfg_p_files='' cfg_ready=''
  [ -e "$cfg_kept/prepared" ] || return 0
  set --
  while IFS= read -r cfg_line; do set -- "$@" "$cfg_line"; done <"$cfg_kept/prepared"
  rm -rf -- "$@" "$cfg_kept/prepared"
}

# cfg_prepare_all NAME: prepares the noted files, each in a directory of that name beside its place.
cfg_prepare_all() {
  cfg_p_name=$1
  cfg_ready=$(cfg_prepare) || :
}

# cfg_prepare: does it, and prints the numbers of those that are ready.
cfg_prepare() (
  umask 077
  cfg_s_paths=0
  if [ -O / ]; then cfg_s_me=0; else cfg_s_me=$(id -u); fi
  cfg_p_choose && cfg_p_compare && cfg_p_make || exit 0
  cfg_p_inherit
  cfg_p_give chown owner
  cfg_p_give chmod mode
  set --
  for cfg_n in $cfg_p_files; do cfg_p_at; set -- "$@" "$cfg_at"; done
  [ $# -gt 0 ] || exit 0
  sync "$@" 2>/dev/null || :
  echo "$cfg_p_files"
)

# cfg_p_at: sets cfg_path to the path of file number cfg_n, and cfg_at to where it is prepared.
cfg_p_at() {
  eval "cfg_path=\$cfg_p_path_$cfg_n"
  cfg_at=${cfg_path%/*}/$cfg_p_name/${cfg_path##*/}
}

# cfg_p_choose: leaves the files in directories that nobody else can change. In a directory with the set-group-ID bit, new files get
# its group, and not every mkdir(1) hands that on.
cfg_p_choose() {
  set --
  for cfg_n in $cfg_p_files; do cfg_p_at; set -- "$@" "$cfg_path"; done
  cfg_above "$@" || return
  cfg_p_left=''
  for cfg_n in $cfg_p_files; do
    cfg_p_at
    cfg_dir=${cfg_path%/*}
    cfg_trust "$cfg_dir"
    [ "$cfg_s_trust" = safe ] || continue
    case $cfg_nl$cfg_s_out$cfg_nl in *"|"[2367]???"|directory|${cfg_dir:-/}$cfg_nl"*) continue;; esac
    cfg_p_left="$cfg_p_left $cfg_n"
  done
  cfg_p_files=$cfg_p_left
}

# cfg_p_compare: looks at the files that will be replaced: the new ones keep owner and mode, if no others are given. What is no file,
# or has an access control list, is left to its step.
cfg_p_compare() {
  set --
  for cfg_n in $cfg_p_files; do cfg_p_at; set -- "$@" "$cfg_path"; done
  [ $# -gt 0 ] || return
  cfg_s_code=0
  cfg_rest=$(timeout -k 2 10 stat -c '%F|%u|%g|%a|%n' -- "$@" 2>/dev/null) || cfg_s_code=$?
  [ $cfg_s_code -le 1 ] || return
  cfg_s_acls=$cfg_nl cfg_p_left=''
  set -- --
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_line in $cfg_rest; do set -- "$@" "${cfg_line##*|}"; done
  IFS=$cfg_s_ifs; set +f
  [ $# = 1 ] || cfg_lists "$@"
  cfg_rest=$cfg_rest$cfg_nl
  for cfg_n in $cfg_p_files; do
    cfg_p_at
    cfg_line=${cfg_rest%%"$cfg_nl"*}
    if [ "${cfg_line##*|}" = "$cfg_path" ]; then
      cfg_rest=${cfg_rest#*"$cfg_nl"}
      case $cfg_line in 'regular '*) ;; *) continue;; esac
      case $cfg_s_acls in unknown*|*" $cfg_path$cfg_nl"*) continue;; esac
    else cfg_line=; fi
    cfg_p_settle "$cfg_line"
    cfg_p_left="$cfg_p_left $cfg_n"
  done
  cfg_p_files=$cfg_p_left
}

# cfg_p_settle OLD: the owner and mode of file number cfg_n. OLD is what stat(1) says of the file that it replaces.
cfg_p_settle() {
  eval "cfg_own=\$cfg_p_owner_$cfg_n cfg_grp=\$cfg_p_group_$cfg_n cfg_mode=\$cfg_p_mode_$cfg_n"
  if [ -n "$1" ]; then
    cfg_s_ifs=$IFS; IFS='|'; set -f
    # shellcheck disable=SC2086 # fields
    set -- $1
    IFS=$cfg_s_ifs; set +f
    cfg_own=${cfg_own:-$2}:${cfg_grp:-$3} cfg_mode=${cfg_mode:-$4}
  else cfg_own=$cfg_own${cfg_grp:+:$cfg_grp} cfg_mode=${cfg_mode:-0644}; fi
  eval "cfg_p_old_$cfg_n=\$1 cfg_p_owner_$cfg_n=\$cfg_own cfg_p_mode_$cfg_n=\$cfg_mode"
}

# cfg_p_make: makes the directories, and the files with their contents. Where there is no room for one of them, none is prepared: one
# after the other, they need less.
cfg_p_make() {
  set --
  cfg_p_dirs=$cfg_nl
  for cfg_n in $cfg_p_files; do
    cfg_p_at
    case $cfg_p_dirs in *"$cfg_nl${cfg_at%/*}$cfg_nl"*) ;; *) cfg_p_dirs=$cfg_p_dirs${cfg_at%/*}$cfg_nl; set -- "$@" "${cfg_at%/*}";; esac
  done
  [ $# -gt 0 ] && printf '%s\n' "$@" >"$cfg_kept/prepared" || return
  mkdir -m 700 -- "$@" 2>/dev/null || :
  for cfg_n in $cfg_p_files; do
    cfg_p_at
    cfg_content "$cfg_n" 2>/dev/null >"$cfg_at" || { rm -rf -- "$@"; return 1; }
  done
}

# cfg_p_inherit: gives the new files the attributes of those that they replace: those of one directory together.
cfg_p_inherit() {
  set --
  cfg_last=
  for cfg_n in $cfg_p_files end; do
    if [ "$cfg_n" = end ]; then cfg_at=/
    else
      cfg_p_at
      eval "cfg_line=\$cfg_p_old_$cfg_n"
      [ -n "$cfg_line" ] || continue
    fi
    if [ $# -gt 0 ] && [ "$cfg_last" != "${cfg_at%/*}" ]; then
      # One by one: without SELinux, cp does nothing at all if it is to keep a context.
      for cfg_what in xattr context; do cp -P --attributes-only "--preserve=$cfg_what" -t "$cfg_last" -- "$@" 2>/dev/null || :; done
      set --
    fi
    cfg_last=${cfg_at%/*}
    set -- "$@" "$cfg_path"
  done
}

# cfg_p_give COMMAND WHAT: gives the files their owners (chown) or modes (chmod): those with the same one together. Where that fails,
# they are left to their steps.
cfg_p_give() {
  cfg_values='' cfg_p_left=''
  for cfg_n in $cfg_p_files; do
    eval "cfg_value=\$cfg_p_$2_$cfg_n"
    if [ -z "$cfg_value" ]; then cfg_p_left="$cfg_p_left $cfg_n"; continue; fi
    case " $cfg_values " in *" $cfg_value "*) ;; *) cfg_values="$cfg_values $cfg_value";; esac
  done
  cfg_command=$1 cfg_what=$2
  for cfg_value in $cfg_values; do
    set --
    cfg_those=''
    for cfg_n in $cfg_p_files; do
      eval "cfg_other=\$cfg_p_${cfg_what}_$cfg_n"
      if [ "$cfg_other" = "$cfg_value" ]; then cfg_p_at; set -- "$@" "$cfg_at"; cfg_those="$cfg_those $cfg_n"; fi
    done
    if "$cfg_command" -- "$cfg_value" "$@" 2>/dev/null; then cfg_p_left="$cfg_p_left$cfg_those"; fi
  done
  cfg_p_files=$cfg_p_left
}
