# Reads from its standard input what to end, a line each, because a path may hold spaces: +WHAT from now on, -WHAT no longer. WHAT is a
# process or a path. At the end of its input, whoever wrote there is gone: then it ends the processes and removes the paths that are left.
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
