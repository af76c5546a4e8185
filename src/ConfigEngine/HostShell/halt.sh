# cfg_started PID: when a process was started, in ticks since the boot (proc(5)). Together with its id, this identifies it. Prints
# nothing if there is no such process, or no proc file system.
cfg_started() {
  { read -r cfg_line <"/proc/$1/stat"; } 2>/dev/null || return 0
  cfg_line=${cfg_line##*) }
  # shellcheck disable=SC2086 # words
  set -- $cfg_line
  printf %s "${20}"
}

# cfg_halt_shell PID STARTED: tells a session's shell to skip the requests that wait in its pipe. Another process with the same id
# is left alone.
cfg_halt_shell() {
  [ "$(cfg_started "$1")" = "$2" ] || { echo "process $1 is not the shell of the session" >&2; return 1; }
  kill -USR1 "$1"
}
