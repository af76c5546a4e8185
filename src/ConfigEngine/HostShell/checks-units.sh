# cfg_check_unit UNIT FILE STAND-IN INSTANCE REFUSAL...: whether systemd accepts the new unit file in $cfg_new, or the new drop-in
# of that unit. INSTANCE is where the unit may be now, and STAND-IN is used for it if it does not exist yet. A REFUSAL is systemd's
# message about a unit that it cannot load.
cfg_check_unit() {
  command -v systemd-analyze >/dev/null 2>&1 || return 0
  cfg_dir=$(mktemp -d) || return
  trap 'rm -rf -- "$cfg_dir"' EXIT
  if [ "$1" = "$2" ]; then cp -- "$cfg_new" "$cfg_dir/$1" || return
  else
    cfg_main=$(systemctl show --property=FragmentPath -- "$4" 2>/dev/null)
    if [ -f "${cfg_main#*=}" ]; then cp -- "${cfg_main#*=}" "$cfg_dir/$1"; else printf %s "$3" >"$cfg_dir/$1"; fi || return
    mkdir "$cfg_dir/$1.d" && cp -- "$cfg_new" "$cfg_dir/$2" || return
  fi
  cfg_said=$(SYSTEMD_LOG_COLOR=0 SYSTEMD_LOG_LEVEL=info timeout 60 systemd-analyze verify --man=no "$cfg_dir/$1" 2>&1 </dev/null)
  cfg_file=$2
  shift 4
  for cfg_refusal; do shift; set -- "$@" -e "$cfg_refusal"; done
  cfg_bad=$(printf '%s\n' "$cfg_said" | grep -F -e "$cfg_dir/$cfg_file:" "$@" | grep -v -e obsolete -e deprecated -e legacy)
  [ -z "$cfg_bad" ] || { printf '%s\n' "$cfg_said" | sed "s|$cfg_dir/||" >&2; return 1; }
}
