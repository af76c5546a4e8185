# How the shell of a session answers: the body, then $cfg_marker with the request's number and its exit code, on both streams. Nobody listens,
# until a run has the lock (keeper.sh), for when a request begins and how long it may take.
cfg_beat() { :; }

cfg_end() {
  printf '\n%s %s %s\n' "$cfg_marker" "$1" "$2"
  printf '\n%s %s\n' "$cfg_marker" "$1" >&2
}

# cfg_ask NUMBER SECONDS STAYS SKIPPED SCRIPT: a request, which may take so long. With STAYS (any text), what it defines and sets is there
# afterwards. With SKIPPED, it is one of a chain: it is not run, and has that exit code, after one that failed, or after a halt.
cfg_ask() {
  cfg_number=$1 cfg_stays=$3 cfg_skipped=$4 cfg_asked=$5
  cfg_beat "$1" "$2"
  # A script has no arguments.
  set --
  if [ -n "$cfg_skipped" ] && [ -n "$cfg_halt" ]; then cfg_code=$cfg_skipped
  else
    if [ -n "$cfg_stays" ]; then eval "$cfg_asked" </dev/null; else ( eval "$cfg_asked" ) </dev/null; fi
    cfg_code=$?
    [ -z "$cfg_skipped" ] || [ "$cfg_code" = 0 ] || cfg_halt=1
  fi
  cfg_beat "$cfg_number" 0
  cfg_end "$cfg_number" "$cfg_code"
}

# A shell that a signal ends runs no EXIT trap, and that is how it learns that the connection is gone: so the signal is made an exit.
unset HISTFILE ENV BASH_ENV
cfg_halt='' cfg_watcher='' cfg_run=''
trap 'cfg_halt=1' USR1
trap 'exit 1' PIPE
trap 'kill $cfg_watcher 2>/dev/null' EXIT
cfg_watch 1
cfg_end 0 0
