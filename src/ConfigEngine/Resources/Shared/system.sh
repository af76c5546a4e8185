# cfg_guard CREATES UNLESS ONLY-IF: whether there is nothing left for a command to do: the path exists, UNLESS succeeds, or ONLY-IF
# fails. An empty guard is not asked. A syntax error ends the whole script, and is not an answer.
cfg_guard() {
  eval "cfg_unless() { ( :; $2
) >/dev/null 2>&1; }; cfg_only_if() { ( :; $3
) >/dev/null 2>&1; }" || return
  if [ -n "$1" ] && { [ -e "$1" ] || [ -L "$1" ]; }; then echo done=true
  elif [ -n "$2" ] && cfg_unless; then echo done=true
  elif [ -n "$3" ] && ! cfg_only_if; then echo done=true
  else echo done=false; fi
}

# cfg_there PATH...: those of the paths that exist.
cfg_there() {
  for cfg_file; do if [ -e "$cfg_file" ] || [ -L "$cfg_file" ]; then printf '%s\n' "$cfg_file"; fi; done
}

# cfg_with_directory cfg_path PATH ...: the answer of that command for a file that is created together with its directory: a missing
# directory is the same as an empty one.
cfg_with_directory() { if [ -e "${2%/*}" ]; then "$@"; else printf 'absent|directory\nmissing\n'; fi; }

# cfg_unit_loaded UNIT: whether systemd has loaded a unit as it is on disk. Without a running systemd (a chroot, an image) nothing
# can load it (sd_booted(3)).
cfg_unit_loaded() {
  cfg_reload=
  [ ! -d /run/systemd/system ] || cfg_reload=$(systemctl show --property=NeedDaemonReload -- "$1") || return
  case $cfg_reload in *=yes*) echo loaded=no;; *) echo loaded=yes;; esac
}

# cfg_tunnel UNIT USER: whether the user exists, and the unit's properties; a line says that its file follows.
cfg_tunnel() {
  if [ "$2" = root ] || id -u -- "$2" >/dev/null 2>&1; then echo user=there; else echo user=nobody; fi
  cfg_unit_loaded "$1" && cfg_unit "$1" ActiveState,SubState,Type,RemainAfterExit,CanStart,CanStop install || return
  echo file
}

# cfg_unit_to_remove UNIT [TEMPLATE]: whether a unit is enabled, and whether it is active or about to be; a template (any text) never
# is. A service that starts and fails all the time is active in other words each time, and to be stopped in all of them.
cfg_unit_to_remove() {
  printf 'enabled=%s\n' "$(systemctl is-enabled -- "$1" 2>/dev/null)"
  cfg_active=
  [ -n "$2" ] || cfg_active=$(systemctl is-active -- "$1" 2>/dev/null)
  case $cfg_active in activating|reloading|refreshing) cfg_active=active;; esac
  printf 'active=%s\n' "$cfg_active"
}

# cfg_forget_unit UNIT: lets systemd forget a unit whose file is gone, also where it has failed.
cfg_forget_unit() { systemctl daemon-reload && { systemctl reset-failed -- "$1" 2>/dev/null || :; }; }

# cfg_drop_ins NAME EXPRESSION...: the *.conf files in the directories of that name, such as sysctl.d, each with the lines in which
# one of the extended regular expressions matches (regex(7)). A file without such a line is left out, unless it hides another file
# of its name.
cfg_drop_ins() {
  cfg_dirs="/etc/$1 /run/$1 /usr/local/lib/$1 /usr/lib/$1"
  shift
  for cfg_expression; do shift; set -- "$@" -e "$cfg_expression"; done
  for cfg_dir in $cfg_dirs; do
    for cfg_file in "$cfg_dir"/*.conf; do
      [ -e "$cfg_file" ] || continue
      if cfg_lines=$(grep -aE "$@" -- "$cfg_file"); then :
      elif [ $? -gt 1 ]; then return 1
      else
        cfg_same=
        for cfg_other in $cfg_dirs; do [ "$cfg_other" = "$cfg_dir" ] || ! [ -e "$cfg_other/${cfg_file##*/}" ] || cfg_same=yes; done
        [ -n "$cfg_same" ] || continue
      fi
      printf 'file %s\nreal %s\n' "$cfg_file" "$(readlink -f "$cfg_file")"
      [ -z "$cfg_lines" ] || printf '%s\n' "$cfg_lines" | sed 's/^/ /'
    done
  done
}

# cfg_sysctl PATH: the value of a setting of the kernel, on one line.
cfg_sysctl() {
  if ! [ -e "$1" ]; then echo absent; return; fi
  cfg_live=$(cat "$1") || return
  if cfg_can_write "$1"; then cfg_how=live; else cfg_how=fixed; fi
  printf '%s %s\n' $cfg_how "$(printf %s "$cfg_live" | tr '\n\t' '  ')"
}

# cfg_module NAME LOADED BUILTIN FILE [EITHER]: whether a module is loaded, by expressions for its line in /proc/modules and in the
# list of built-in modules; with EITHER, a loaded module has the same answer as one that is only known. Then the file, each line
# with a space before it; and an empty line.
cfg_module() {
  if grep -q -e "$2" /proc/modules 2>/dev/null; then if [ -n "$5" ]; then echo known; else echo loaded; fi
  elif grep -q -e "$3" "/lib/modules/$(uname -r)/modules.builtin" 2>/dev/null; then echo builtin
  elif modprobe -n -q -- "$1"; then
    cfg_real=$(modprobe -R -- "$1" 2>/dev/null | head -n 1)
    case $cfg_real in ''|"$1") echo known;; *) printf 'alias %s\n' "$cfg_real";; esac
  else echo unknown; fi
  if [ -e "$4" ]; then cfg_lines=$(cat "$4") || return; printf '%s\n' "$cfg_lines" | sed 's/^/ /'; fi
  echo
}

# cfg_hostname: the host's current name, what prevents the writing of the file with the name for the next boot, and that file.
cfg_hostname() {
  cfg_missing=
  cfg_denied /etc/hostname
  printf 'live=%s%s\n' "$(uname -n)" "$cfg_missing"
  [ ! -e /etc/hostname ] || cat /etc/hostname
}

# cfg_name_host NAME: sets the host's current name.
cfg_name_host() {
  if command -v hostname >/dev/null 2>&1; then hostname "$1"; else printf '%s\n' "$1" >/proc/sys/kernel/hostname; fi
}

# cfg_timezone ZONE: whether that zone exists; the target of /etc/localtime, or its type if it is not a link; and /etc/timezone.
cfg_timezone() {
  if [ -f "/usr/share/zoneinfo/$1" ]; then echo known; else echo unknown; fi
  if [ -L /etc/localtime ]; then readlink /etc/localtime | tr '\n' ' '; echo
  elif [ -e /etc/localtime ]; then echo a file
  else echo; fi
  if [ -e /etc/timezone ]; then echo file; cat /etc/timezone; else echo nofile; fi
}

# cfg_downloaded PATH TOOL: whether this host can fetch anything, and the digest of the file at the path, made with that tool.
cfg_downloaded() {
  if command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1; then echo fetches; else echo cannot; fi
  cfg_digest_at "$1" "$2"
}

# cfg_fetch URL: the content of the URL. The checksum shows whether it was cut off, so the exit code is not needed.
cfg_fetch() {
  if command -v curl >/dev/null 2>&1; then curl -fsSL --retry 2 --connect-timeout 20 --speed-limit 1 --speed-time 30 -- "$1"
  else wget -nv -t 3 -T 20 -O - -- "$1"; fi
}

# cfg_download URL CHECKSUM PATH OWNER GROUP MODE: fetches a file that has that checksum, and no other.
cfg_download() {
  cfg_url=$1 cfg_checksum=$2
  cfg_fetch "$1" | cfg_write "$3" "$4" "$5" "$6" cfg_is_it
}

# cfg_is_it: whether the fetched file has the checksum.
cfg_is_it() {
  cfg_got=$("${cfg_checksum%%:*}sum" <"$cfg_new") || return
  cfg_got=${cfg_checksum%%:*}:${cfg_got%% *}
  [ "$cfg_got" != "$cfg_checksum" ] || return 0
  if [ -s "$cfg_new" ]; then printf 'what %s gave has the checksum %s\n' "$cfg_url" "$cfg_got" >&2; else printf '%s gave nothing\n' "$cfg_url" >&2; fi
  return 1
}
