# cfg_choose FAMILIES MANAGERS: sets cfg_manager to the host's package manager, or to nothing where there is none. The words are
# ID:FAMILY and FAMILY:TOOL:MANAGER. The distribution's own is used if it exists (os-release(5), ID before ID_LIKE), otherwise the
# first one that exists.
cfg_choose() {
  cfg_id=linux cfg_like= cfg_family= cfg_manager=
  for cfg_file in /etc/os-release /usr/lib/os-release; do
    [ -f "$cfg_file" ] || continue
    while IFS='=' read -r cfg_name cfg_value || [ -n "$cfg_name" ]; do
      cfg_value=${cfg_value#[\"\']}; cfg_value=${cfg_value%[\"\']}
      case $cfg_name in ID) cfg_id=$cfg_value;; ID_LIKE) cfg_like=$cfg_value;; esac
    done <"$cfg_file"
    break
  done
  for cfg_name in $cfg_id $cfg_like; do
    for cfg_word in $1; do
      # shellcheck disable=SC2254 # a pattern
      case $cfg_name in ${cfg_word%:*}) cfg_family=${cfg_word#*:}; break 2;; esac
    done
  done
  for cfg_word in $2; do
    cfg_name=${cfg_word#*:}
    command -v "${cfg_name%:*}" >/dev/null 2>&1 || continue
    case $cfg_word in "$cfg_family":*) cfg_manager=${cfg_name#*:}; return;; esac
    [ -n "$cfg_manager" ] || cfg_manager=${cfg_name#*:}
  done
}
