# tether.sh LOG SCRIPT ARG…: process 1 of its own pid namespace, in its own mount namespace.
# When this shell ends, the kernel ends whatever the script started and undoes whatever it mounted. It ends with the script,
# or as soon as its stdin closes, which it also does when the process that holds the other end is killed.
set -u
exec 3<&0 </dev/null >>"$1" 2>&1
shift
sh -eu "$@" 3<&- & work=$!
{ cat <&3; kill -KILL $work; } >/dev/null 2>&1 &
exec 3<&-
wait $work
