# cfg_parent PID: its parent.
cfg_parent() {
  while read -r cfg_name cfg_value; do
    case $cfg_name in PPid:) printf %s "$cfg_value"; return;; esac
  done <"/proc/$1/status"
}

# cfg_link PID: the process that carries the connection: this one, or its parent if this one only changes the user.
cfg_link() {
  cfg_up=$1
  while [ "$cfg_up" -gt 1 ] && read -r cfg_comm <"/proc/$cfg_up/comm"; do
    case $cfg_comm in sudo|su|runuser|doas) cfg_up=$(cfg_parent "$cfg_up");; *) break;; esac
  done 2>/dev/null
  printf %s "$cfg_up"
}

# cfg_watch GRACE: beside this shell, ends its processes when no one waits for them any more: the connection has been gone for GRACE
# seconds; or, if a run has the lock, a request exceeds its time, or the other side was silent for so long that it is dead. Replaces
# an older watch.
cfg_watch() {
  [ -z "$cfg_watcher" ] || kill "$cfg_watcher" 2>/dev/null
  cfg_anchor=$(cfg_link $PPID)
  # Where processes are hidden (proc(5), hidepid), the connection's process cannot be seen; that does not mean that it is gone.
  [ -d "/proc/$cfg_anchor" ] || cfg_anchor=1
  (
    exec 9>&- </dev/null >/dev/null 2>&1
    trap '' HUP INT USR1
    trap 'kill $cfg_pause; exit' TERM
    cfg_seen='' cfg_for=0 cfg_gone=0 cfg_may=1
    while :; do
      sleep 2 & cfg_pause=$!
      wait $cfg_pause
      [ -d /proc/$$ ] || break
      [ "$cfg_anchor" -le 1 ] || [ -d "/proc/$cfg_anchor" ] || cfg_gone=$((cfg_gone + 2))
      if [ -n "$cfg_run" ]; then
        read -r cfg_now <"$cfg_run/beat"
        if [ "$cfg_now" = "$cfg_seen" ]; then cfg_for=$((cfg_for + 2)); else cfg_seen=$cfg_now cfg_for=0; fi
        cfg_may=${cfg_now#* }
        [ "$cfg_may" -gt 0 ] || cfg_may=30
      fi
      [ "$cfg_gone" -lt "$1" ] && [ "$cfg_for" -lt "$cfg_may" ] || { cfg_end_below $$; break; }
    done
    # A killed shell could not remove its notes. A session that only probes has the lock for a moment, too.
    [ -n "$cfg_run" ] || exit
    for cfg_tries in 1 2 3 4 5; do
      (flock -n 8 && rm -f "$cfg_run/holder" "$cfg_run/step" "$cfg_run/beat") 8<"$cfg_run/lock" && break
      sleep 1
    done
  ) &
  cfg_watcher=$!
}
