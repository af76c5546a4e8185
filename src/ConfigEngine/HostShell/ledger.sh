# cfg_holder: who has the lock, if it is taken: the content of the note, and whether the connection still exists.
cfg_holder() {
  cat "$cfg_run/holder" 2>/dev/null || echo who=somebody
  read -r cfg_line <"$cfg_run/step" && printf 'step=%s\n' "$cfg_line"
  while IFS='=' read -r cfg_name cfg_value; do
    case $cfg_name in
      shell|anchor) [ "$cfg_value" -le 1 ] || [ -d "/proc/$cfg_value" ] || echo link=gone;;
    esac
  done <"$cfg_run/holder"
  read -r cfg_line <"$cfg_run/uncut" && [ -d "/proc/$cfg_line" ] && printf 'supervised=%s\n' "$cfg_line"
} 2>/dev/null

# cfg_free SECONDS: returns when the lock is free, or after that time.
cfg_free() {
  cfg_waited=0
  until (flock -n 8) 8<"$cfg_run/lock"; do
    [ "$cfg_waited" -lt "$1" ] || return 0
    sleep 1; cfg_waited=$((cfg_waited + 1))
  done
}

# cfg_purge: removes the records of runs, unless a run is active.
cfg_purge() {
  [ -e "$cfg_kept" ] || [ -e "$cfg_run" ] || return 0
  if [ -e "$cfg_run/lock" ]; then exec 8<"$cfg_run/lock"; flock -n 8 || return 95; fi
  rm -rf -- "$cfg_kept" "$cfg_run" && echo removed
}

# cfg_drop NAME: a handler is no longer owed, whichever change notified it.
cfg_drop() {
  if [ -e "$cfg_run/lock" ]; then exec 8<"$cfg_run/lock"; flock -n 8 || return 95; fi
  rm -f -- "$cfg_kept/owed/$1" "$cfg_kept/owed/$1"@*
}

# cfg_read: removes the result of a supervised operation after it was read; not the result of an active run.
cfg_read() {
  if [ -e "$cfg_run/lock" ]; then exec 8<"$cfg_run/lock"; flock -n 8 || return 95; fi
  rm -f -- "$cfg_kept"/work.* "$cfg_run/holder" "$cfg_run/step" "$cfg_run/beat"
}

# cfg_result: the result of a supervised operation that was not read yet.
cfg_result() {
  [ -e "$cfg_kept/work.done" ] || return 0
  printf 'result='; cat "$cfg_kept/work.done"
  tail -n 20 "$cfg_kept/work.log" | while IFS= read -r cfg_line; do printf 'said=%s\n' "$cfg_line"; done
}

# cfg_ledger: the records of earlier runs: the lock's holder, the result of a supervised operation, the owed handlers.
cfg_ledger() {
  [ -d "$cfg_kept" ] || return 0
  if [ -s "$cfg_run/holder" ] && ! (flock -n 8) 8<"$cfg_run/lock"; then cfg_holder; fi
  [ ! -e "$cfg_run/log" ] || { read -r cfg_line <"$cfg_run/log" && printf 'steps=%s\n' "$cfg_line"; }
  cfg_result
  if [ -e "$cfg_kept/lifeline/guard" ]; then echo lifeline=armed; fi
  for cfg_file in "$cfg_kept"/owed/*; do
    [ -e "$cfg_file" ] || continue
    while IFS= read -r cfg_line; do printf 'owed=%s %s\n' "${cfg_file##*/}" "$cfg_line"; done <"$cfg_file"
  done
}
