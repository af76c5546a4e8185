if [ -d /run/systemd/system ]; then
  cfg_state=$(systemctl is-system-running 2>/dev/null)
  case $cfg_state in
    running|degraded) ;;
    *) printf '%s' "${cfg_state:-not to be asked}"; systemctl list-jobs --no-legend 2>/dev/null | while read -r cfg_id cfg_unit cfg_rest; do printf ', %s' "$cfg_unit"; done; exit 1;;
  esac
fi
[ ! -e /run/nologin ] || { printf 'not open for logins (/run/nologin)'; exit 1; }
