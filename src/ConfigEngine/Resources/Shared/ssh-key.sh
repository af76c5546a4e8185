# cfg_ssh_key_of USER NAME: the key pair ~USER/.ssh/NAME.
cfg_ssh_key_of() {
  id -u -- "$1" >/dev/null 2>&1 || { echo type=nobody; return; }
  cfg_as "$1" "cfg_ssh_key $2"
}

# cfg_ssh_key NAME [DIRECTORY]: the key pair NAME in that directory, or in ~/.ssh of the current user, as NAME=VALUE lines.
# ssh-keygen(1) refuses a private key that others may read, so it gets a copy. It cannot read a key with a passphrase; then the
# .pub file is believed.
cfg_ssh_key() {
  cfg_file=${2:-$HOME/.ssh}/$1 cfg_public=""
  [ -e "$cfg_file" ] || [ -L "$cfg_file" ] || { echo type=absent; return; }
  [ -f "$cfg_file" ] || { echo type=other; return; }
  printf 'type=key\nmode=%s\n' "$(stat -c %a -- "$cfg_file")"
  cfg_copy=$(mktemp -d) || return
  if cp -- "$cfg_file" "$cfg_copy/key" && chmod 600 "$cfg_copy/key"; then
    cfg_public=$(ssh-keygen -y -P '' -f "$cfg_copy/key" 2>"$cfg_copy/said") || { grep -q -e passphrase "$cfg_copy/said" && echo locked=yes || { cat "$cfg_copy/said" >&2; rm -rf "$cfg_copy"; return 1; }; }
  fi
  rm -rf "$cfg_copy"
  printf 'public=%s\nfile=%s\n' "$cfg_public" "$(head -n 1 -- "$cfg_file.pub" 2>/dev/null)"
  printf 'length=%s\n' "$(printf '%s\n' "${cfg_public:-$(cat -- "$cfg_file.pub")}" | ssh-keygen -l -f - | cut -d ' ' -f 1)"
}

# cfg_make_ssh_key NAME TYPE BITS COMMENT [DIRECTORY]: a new key pair without a passphrase, as a whole or not at all; an existing
# one is replaced.
cfg_make_ssh_key() {
  umask 077
  cfg_in=${5:-$HOME/.ssh}
  [ -d "$cfg_in" ] || mkdir "$cfg_in" || return
  cfg_new=$(cfg_temp "$cfg_in" -d) || return
  if ssh-keygen -q -t "$2" ${3:+-b "$3"} -N '' -C "$4" -f "$cfg_new/key" </dev/null && sync "$cfg_new/key" "$cfg_new/key.pub"; then
    chmod 644 "$cfg_new/key.pub" && mv -f -- "$cfg_new/key" "$cfg_in/$1" && mv -f -- "$cfg_new/key.pub" "$cfg_in/$1.pub"
  else false; fi
  set -- $?
  rm -rf "$cfg_new"
  return "$1"
}

# cfg_publish_ssh_key NAME COMMENT [DIRECTORY]: the .pub file of a private key, made again from it.
cfg_publish_ssh_key() {
  cfg_in=${3:-$HOME/.ssh}
  chmod 600 -- "$cfg_in/$1" || return
  cfg_new=$(cfg_temp "$cfg_in") || return
  if ssh-keygen -y -P '' -f "$cfg_in/$1" | { read -r cfg_type cfg_blob _; printf '%s %s%s\n' "$cfg_type" "$cfg_blob" "${2:+ $2}"; } >"$cfg_new" && [ -s "$cfg_new" ]; then
    chmod 644 "$cfg_new" && sync "$cfg_new" && mv -f -- "$cfg_new" "$cfg_in/$1.pub"
  else rm -f -- "$cfg_new"; return 1; fi
}

# cfg_check_ssh OPTIONS: whether ssh(1) accepts these options of a section. It gets nothing else of the file, because commands in
# other sections (Match exec) would run.
cfg_check_ssh() {
  command -v ssh >/dev/null 2>&1 || return 0
  cfg_said=$(printf 'Host *\n%s\n' "$1" | timeout 10 ssh -G -F /dev/stdin -- any 2>&1 >/dev/null) || { printf '%s\n' "$cfg_said" | sed 's|/dev/stdin|ssh_config|' >&2; return 1; }
}
