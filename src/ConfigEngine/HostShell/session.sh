# How the shell of a session answers: the body, then $cfg_marker with the request's number and its exit code, on both streams. Until
# a run has the lock (keeper.sh), the start and the deadline of a request are not noted.
cfg_beat() { :; }

cfg_end() {
  printf '\n%s %s %s\n' "$cfg_marker" "$1" "$2"
  printf '\n%s %s\n' "$cfg_marker" "$1" >&2
}

# cfg_alone: waits until no other process can print where this shell does. A request that was killed may leave processes that go on,
# and what they print would be taken for a part of the next answer. If they do not end, this answer is
# the last one of the session.
cfg_alone() {
  cfg_out=$(readlink /proc/$$/fd/1) cfg_tries=50
  # shellcheck disable=SC2010 # one process reads all links, and their names are plain
  while ls -l /proc/[0-9]*/fd/1 2>/dev/null | grep -v "/proc/$$/fd/1 " | grep -F -e "-> $cfg_out" >/dev/null; do
    cfg_tries=$((cfg_tries - 1))
    [ $cfg_tries -gt 0 ] || return
    sleep 0.1
  done
}

# cfg_ask NUMBER SECONDS STAYS SKIPPED SCRIPT: runs a request, which may take that long. With STAYS (any text), its functions and
# variables stay. With SKIPPED, it is part of a chain: after a failed request, or after a halt, it is not run and has that exit
# code.
cfg_ask() {
  cfg_number=$1 cfg_stays=$3 cfg_skipped=$4 cfg_asked=$5
  cfg_beat "$1" "$2"
  # A script has no arguments of its own.
  set --
  if [ -n "$cfg_skipped" ] && [ -n "$cfg_halt" ]; then cfg_code=$cfg_skipped
  else
    if [ -n "$cfg_stays" ]; then eval "$cfg_asked" </dev/null; else ( eval "$cfg_asked" ) </dev/null; fi
    cfg_code=$?
    [ "$cfg_code" -le 128 ] || cfg_alone || cfg_over=1
    [ -z "$cfg_skipped" ] || [ "$cfg_code" = 0 ] || cfg_halt=1
  fi
  cfg_beat "$cfg_number" 0
  cfg_end "$cfg_number" "$cfg_code"
  [ -z "$cfg_over" ] || exit 1
}

# A shell that is ended by a signal runs no EXIT trap, and the signal is how it learns that the connection is gone; so the signal is
# turned into an exit.
unset HISTFILE ENV BASH_ENV
cfg_halt='' cfg_over='' cfg_watcher='' cfg_run=''
trap 'cfg_halt=1' USR1
trap 'exit 1' PIPE
trap 'kill $cfg_watcher 2>/dev/null' EXIT
cfg_watch 1
cfg_end 0 0
