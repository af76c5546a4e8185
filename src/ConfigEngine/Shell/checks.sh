# cfg_shadow ROOT PATH: sets cfg_dir to a copy of a directory of configuration, for this user alone, in which the new file ("$cfg_new") is
# at its place. Links into the directory lead into the copy.
cfg_shadow() {
  cfg_dir=$(mktemp -d) || return
  trap 'rm -rf -- "$cfg_dir"' EXIT
  if [ -d "$1" ]; then cp -a -- "$1/." "$cfg_dir/" || return; fi
  cfg_place=$cfg_dir${2#"$1"}
  mkdir -p -- "${cfg_place%/*}" && rm -f -- "$cfg_place" && cp -p -- "$cfg_new" "$cfg_place" || return
  find "$cfg_dir" -type l | while IFS= read -r cfg_link; do
    cfg_to=$(readlink "$cfg_link")
    case $cfg_to in "$1"/*) ln -sfn -- "$cfg_dir${cfg_to#"$1"}" "$cfg_link";; esac
  done
}

# cfg_includes FROM TO BASE: in the copy, what includes another file of FROM includes the one of TO; a relative name is one of BASE.
cfg_includes() {
  find "$cfg_dir" -type f | while IFS= read -r cfg_file; do
    grep -qiE "^[[:space:]]*[@#]?include(dir)?[[:space:]]" "$cfg_file" || continue
    awk -v from="$1/" -v to="$2/" -v base="$3/" 'tolower($1) ~ /^[@#]?include(dir)?$/ {
      for (i = 2; i <= NF; i++) if (index($i "/", from) == 1) $i = to substr($i, length(from) + 1); else if ($i !~ /^["\/]/) $i = base $i
    } { print }' "$cfg_file" >"$cfg_dir/.cfg.new" && cat "$cfg_dir/.cfg.new" >"$cfg_file"
    rm -f -- "$cfg_dir/.cfg.new"
  done
}

# cfg_judge COMMAND…: runs a check of the copy; what it says names files by their true paths.
cfg_judge() {
  cfg_said=$("$@" 2>&1 </dev/null) && return
  printf '%s\n' "$cfg_said" | sed "s|$cfg_dir|$cfg_root|g" >&2
  return 1
}

# cfg_check_sshd PATH, cfg_check_sudo PATH, cfg_check_nginx PATH: whether the configuration is right with the new file as a part of it. A
# tool that is not installed is not asked.
cfg_check_sshd() {
  cfg_root=/etc/ssh
  command -v sshd >/dev/null 2>&1 || return 0
  cfg_shadow $cfg_root "$1" && cfg_includes $cfg_root "$cfg_dir" "$cfg_dir" || return
  [ -e "$cfg_dir/sshd_config" ] || return 0
  # The service makes it when it starts; without it sshd checks nothing.
  [ -d /run/sshd ] || mkdir -m 0755 /run/sshd 2>/dev/null
  cfg_judge "$(command -v sshd)" -t -f "$cfg_dir/sshd_config"
}

cfg_check_sudo() {
  cfg_root=/etc
  command -v visudo >/dev/null 2>&1 || return 0
  cfg_dir=$(mktemp -d) || return
  trap 'rm -rf -- "$cfg_dir"' EXIT
  mkdir -m 0750 "$cfg_dir/sudoers.d" && { [ ! -d /etc/sudoers.d ] || cp -a /etc/sudoers.d/. "$cfg_dir/sudoers.d/"; } || return
  [ ! -e /etc/sudoers ] || cp -a /etc/sudoers "$cfg_dir/sudoers" || return
  rm -f -- "$cfg_dir${1#/etc}" && cp -p -- "$cfg_new" "$cfg_dir${1#/etc}" || return
  [ -e "$cfg_dir/sudoers" ] || { cfg_judge visudo -cf "$cfg_new"; return; }
  cfg_includes /etc/sudoers.d "$cfg_dir/sudoers.d" /etc && cfg_judge visudo -cf "$cfg_dir/sudoers"
}

cfg_check_nginx() {
  cfg_root=/etc/nginx
  command -v nginx >/dev/null 2>&1 || return 0
  cfg_shadow $cfg_root "$1" && find "$cfg_dir" -type f -exec sed -i "s|include[[:space:]]\{1,\}$cfg_root/|include $cfg_dir/|g" {} + || return
  [ -e "$cfg_dir/nginx.conf" ] || return 0
  cfg_judge nginx -q -t -c "$cfg_dir/nginx.conf"
}

# cfg_write_after PATH OWNER GROUP MODE CHECK AFTER: as cfg_write, and then a check of the file in its place; where that fails, what was
# there before comes back, and that is said.
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
