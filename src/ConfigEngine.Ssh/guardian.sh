# Reads from its standard input what to end, one per line, because a path may contain spaces: +WHAT adds it, -WHAT removes it. WHAT
# is a process or a path. When its input ends, the writer is gone: then it ends the remaining processes and removes the remaining
# paths.
trap '' INT TERM HUP QUIT
exec >/dev/null 2>&1
set -f
IFS='
'
watched=
while read -r line; do
  case $line in
    +*) watched="$watched$IFS${line#?}";;
    -*) rest=; for each in $watched; do [ "$each" = "${line#?}" ] || rest="$rest$IFS$each"; done; watched=$rest;;
  esac
done
for each in $watched; do
  case $each in /*) rm -rf -- "$each";; *) kill -s KILL "$each";; esac
done
