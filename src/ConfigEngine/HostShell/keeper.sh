# cfg_take SECONDS HOLDER PROCESS TOKEN: takes the lock of this host for this shell, or says who has it. If another session of the
# same process has it, this waits. The kernel releases the lock when the last process that has it open ends: this shell, or a
# supervised operation that outlives it. A run that had the lock before, and lost its connection, uses the same token again, and is
# told how far its steps came.
cfg_take() {
  command -v flock >/dev/null || { echo 'flock is not installed; it is part of util-linux' >&2; return 94; }
  (umask 077; mkdir -p "$cfg_kept/owed" "$cfg_run" && true >>"$cfg_run/lock") || return 94
  exec 9>>"$cfg_run/lock"
  cfg_waited=0
  until flock -n 9; do
    cfg_may=$1
    [ -z "$3" ] || ! grep -qxF -- "process=$3" "$cfg_run/holder" 2>/dev/null || cfg_may=60
    # A run that begins, and one that ends, has the lock for a moment without a note of who has it.
    [ -e "$cfg_run/holder" ] || [ -e "$cfg_run/uncut" ] || [ "$cfg_may" -gt 10 ] || cfg_may=10
    [ "$cfg_waited" -lt "$cfg_may" ] || { exec 9>&-; cfg_holder; return 95; }
    sleep 1; cfg_waited=$((cfg_waited + 1))
  done
  cfg_inherit || { exec 9>&-; return 94; }
  (umask 077; printf '%s\nshell=%s\nanchor=%s\n' "$2" $$ "$cfg_anchor" >"$cfg_run/holder" && : >"$cfg_run/step") || return 94
  cfg_line=; [ ! -e "$cfg_run/log" ] || read -r cfg_line <"$cfg_run/log"
  if [ "$cfg_line" = "run=$4" ]; then
    cat "$cfg_run/log"
    [ ! -e "$cfg_run/phase" ] || { read -r cfg_line <"$cfg_run/phase" && printf 'phase=%s\n' "$cfg_line"; }
    cfg_result
  else
    [ -z "$cfg_line" ] || printf 'foreign=%s\n' "$cfg_line"
    (umask 077; printf 'run=%s\n' "$4" >"$cfg_run/log") || return 94
  fi
  rm -f "$cfg_run/uncut" "$cfg_kept"/work.*
  cfg_unprepare
  read -r cfg_boot </proc/sys/kernel/random/boot_id
  for cfg_file in "$cfg_kept"/owed/*@*; do
    case $cfg_file in *'/*@*'|*@"$cfg_boot") ;; *) rm -f -- "$cfg_file";; esac
  done
  cfg_beat() { printf '%s %s\n' "$1" "$2" 2>/dev/null >"$cfg_run/beat"; }
  cfg_beat 0 0
  cfg_watch 10
  trap 'kill $cfg_watcher 2>/dev/null; cfg_unprepare; rm -f "$cfg_run/holder" "$cfg_run/step" "$cfg_run/beat"' EXIT
}

# cfg_inherit: a lost run may have armed a restore on the host (see LifelineScript). A session that connects and gets the lock
# proves that the host can be reached, so the restore must not start during this run. If it has started, this waits for its end.
cfg_inherit() {
  [ -e "$cfg_kept/lifeline/guard" ] && [ ! -e "$cfg_kept/lifeline/verdict" ] || return 0
  read -r cfg_armed <"$cfg_kept/lifeline/guard"
  cfg_tries=0
  until [ -e "$cfg_kept/lifeline/verdict" ]; do
    if mv "$cfg_kept/lifeline/undecided$cfg_armed" "$cfg_kept/lifeline/decided$cfg_armed" 2>/dev/null; then mv "$cfg_kept/lifeline/confirmed" "$cfg_kept/lifeline/verdict"; return; fi
    cfg_resume "$cfg_armed"
    [ $cfg_tries -lt 60 ] || { echo 'the host does not get done with putting back what a run changed that is gone' >&2; return 1; }
    sleep 1; cfg_tries=$((cfg_tries + 1))
  done
}

# cfg_begin NUMBER: a step begins to act. $cfg_run/phase records how far it comes: nothing, part, or unknown. $cfg_run/log records
# which steps began and which came to their end, for a run that loses its connection meanwhile.
cfg_begin() { printf 'nothing\n' >"$cfg_run/phase" && printf 'began=%s\n' "$1" >>"$cfg_run/log"; }

# cfg_did NUMBER: a step has come to its end.
cfg_did() { printf 'did=%s\n' "$1" >>"$cfg_run/log"; }

# cfg_acts: the following commands do not report when they write.
cfg_acts() {
  read -r cfg_phase <"$cfg_run/phase"
  [ "$cfg_phase" != nothing ] || printf 'unknown\n' >"$cfg_run/phase"
}

# cfg_at ADDRESS: notes the run's current step, for others.
cfg_at() { printf '%s\n' "$1" >"$cfg_run/step"; }

# cfg_owe NAME LINE: from now on a handler is owed. This is noted before the change that notifies it, so that it cannot be
# forgotten. cat writes the line, because in some shells printf does not say why it failed.
cfg_owe() {
  if [ -e "$cfg_kept/owed/$1" ]; then printf '%s\n' "$2" | cat >>"$cfg_kept/owed/$1"; return; fi
  if printf '%s\n' "$2" | cat >"$cfg_kept/owed/$1"; then sync "$cfg_kept/owed/$1" 2>/dev/null || sync
  else rm -f -- "$cfg_kept/owed/$1"; return 1; fi
}

# cfg_disown NAME LINE: removes the note of cfg_owe, after a change that ended before its first write.
cfg_disown() {
  grep -vxF -e "$2" "$cfg_kept/owed/$1" >"$cfg_kept/owed/.rest" 2>/dev/null
  if [ -s "$cfg_kept/owed/.rest" ]; then mv -f -- "$cfg_kept/owed/.rest" "$cfg_kept/owed/$1"
  else rm -f -- "$cfg_kept/owed/.rest" "$cfg_kept/owed/$1"; fi
}

# cfg_owing NAME SCRIPT: runs an owed handler, under supervision, and removes its note after success.
cfg_owing() {
  [ -e "$cfg_kept/owed/$1" ] || return 93
  cfg_uncut "$2" "rm -f -- \"\$cfg_kept/owed/$1\""
  cfg_code=$?
  [ $cfg_code != 93 ] || cfg_code=1
  return "$cfg_code"
}

# cfg_reboot SECONDS MESSAGE: arranges a reboot, and returns before it begins. systemd's timer is not a child of this shell. Without
# systemd, a process waits that only the reboot ends.
cfg_reboot() {
  [ -z "$2" ] || wall "$2" 2>/dev/null || :
  if [ -d /run/systemd/system ]; then
    systemd-run --quiet --collect --on-active="$1s" --timer-property=AccuracySec=100ms systemctl reboot && return
  fi
  command -v reboot >/dev/null || { echo 'there is no reboot command' >&2; return 1; }
  ( trap '' HUP; sleep "$1"; reboot || shutdown -r now ) >/dev/null 2>&1 </dev/null 9>&- &
}

# cfg_uncut SCRIPT [THEN]: runs a script that must not be interrupted, and THEN after its success. Both are finished even if this
# shell and its connection are gone. The lock is kept until then, and the result until a run has read it.
cfg_uncut() {
  # Read it now, because the note of the current step ends with its session.
  read -r cfg_what <"$cfg_run/step"
  (
    ( eval "$1" ) >"$cfg_kept/work.log" 2>&1 </dev/null 9>&-
    cfg_code=$?
    [ $cfg_code != 0 ] || eval "${2:-:}" || cfg_code=$?
    printf '%s %s\n' $cfg_code "$cfg_what" >"$cfg_kept/work.new" && mv -f "$cfg_kept/work.new" "$cfg_kept/work.done"
    rm -f "$cfg_run/uncut"
  ) >/dev/null 2>&1 </dev/null &
  cfg_work=$!
  printf '%s\n' $cfg_work >"$cfg_run/uncut"
  wait $cfg_work
  cat "$cfg_kept/work.log" >&2
  read -r cfg_code cfg_rest <"$cfg_kept/work.done" || cfg_code=1
  rm -f "$cfg_run/uncut"
  # When the connection is gone, no one reads this answer, so the next run gets it.
  [ "$cfg_anchor" -gt 1 ] && ! [ -d "/proc/$cfg_anchor" ] || rm -f "$cfg_kept"/work.*
  return "$cfg_code"
}

# cfg_left_behind: waits for a supervised operation that continues although the shell that waited for it was killed. Ends with its
# exit code, and prints its output as the error; does nothing if there is none.
cfg_left_behind() {
  cfg_work=
  [ ! -e "$cfg_run/uncut" ] || read -r cfg_work <"$cfg_run/uncut"
  while [ -n "$cfg_work" ] && [ -d "/proc/$cfg_work" ]; do sleep 0.2 2>/dev/null || sleep 1; done
  [ -e "$cfg_kept/work.done" ] || return 0
  read -r cfg_code cfg_rest <"$cfg_kept/work.done" && printf '%s\n' "$cfg_code"
  cat "$cfg_kept/work.log" >&2
  rm -f "$cfg_run/uncut" "$cfg_kept"/work.*
}

# cfg_answers DIGEST PROBE: whether a probe succeeds with that answer. A failed probe is not an answer, even if it prints the same.
cfg_answers() {
  cfg_now=$({ { ( eval "$2" ) 3>&-; echo $? >&3; } | cfg_digest 3>&-; } 3>&1)
  [ "$cfg_now" = "0
$1" ]
}

# cfg_was_seen NUMBER DIGEST: whether the guard of the step of that number had that answer when those of several steps were probed
# together (see cfg_guards).
cfg_was_seen() {
  case $cfg_nl$cfg_guard_sums$cfg_nl in *"$cfg_nl$2  guard.$1$cfg_nl"*) ;; *) return 1;; esac
}

# cfg_as_planned NUMBER DIGEST PROBE WHOLE: whether a probe still has that answer. If not, the step ends here and has done nothing:
# with the number of the change that is not as planned, and its actual state; or with the exit code of the failed probe.
cfg_as_planned() {
  cfg_answers "$2" "$3" && return
  echo "$1"
  ( eval "$4" ) && exit 97
  cfg_exit=$?
  printf '\n%s\n' $cfg_exit
  exit 92
}

# cfg_did_act NAME EXIT: a step continues only after success.
cfg_did_act() { [ "$2" = 0 ] || cfg_failed "$1" "$2"; }

# cfg_try NAME RETRIES SECONDS SCRIPT: the same, after up to that many more attempts, with a pause between them.
cfg_try() {
  cfg_tries=0
  while :; do
    eval "$4"
    cfg_exit=$?
    [ $cfg_exit != 0 ] || return 0
    [ "$cfg_tries" -lt "$2" ] || cfg_failed "$1" "$cfg_exit"
    cfg_tries=$((cfg_tries + 1))
    sleep "$3"
  done
}

# cfg_failed NAME EXIT: ends a step, and says how far it came. If it did not reach its first write, its notes of owed handlers are
# removed.
cfg_failed() {
  read -r cfg_phase <"$cfg_run/phase"
  [ "$cfg_phase" != nothing ] || eval "$cfg_disowned"
  echo "$1 $2 $cfg_phase"
  exit 98
}
