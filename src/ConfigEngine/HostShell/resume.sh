# cfg_restorer GUARD PATIENCE: starts the script that waits and restores. It is not a child of this session, so it does not end with
# it. Where systemd starts it, it is started again if it is killed.
cfg_restorer() {
  if [ -d /run/systemd/system ] &&
    systemd-run --quiet --collect --property=Restart=on-failure --property=RestartSec=1 sh "$cfg_kept/lifeline/restore" "$1" "$2" "$cfg_run" </dev/null 2>/dev/null; then return; fi
  ( ( trap '' HUP; exec sh "$cfg_kept/lifeline/restore" "$1" "$2" "$cfg_run" ) >/dev/null 2>&1 </dev/null 9>&- & )
}

# cfg_resume GUARD: continues a decision or a restore that the host began and that was killed or interrupted by a power cut.
cfg_resume() {
  [ ! -e "$cfg_kept/lifeline/verdict" ] || return 0
  if [ -d "$cfg_kept/lifeline/decided$1" ]; then mv -f -- "$cfg_kept/lifeline/confirmed" "$cfg_kept/lifeline/verdict" 2>/dev/null; return 0; fi
  [ -d "$cfg_kept/lifeline/restoring$1" ] || [ -d "$cfg_kept/lifeline/deciding$1" ] || return 0
  [ -e "$cfg_kept/lifeline/restore" ] && (flock -n 7) 7>>"$cfg_kept/lifeline/lock" && read -r cfg_wait <"$cfg_kept/lifeline/patience" || return 0
  cfg_restorer "$1" "$cfg_wait"
}
