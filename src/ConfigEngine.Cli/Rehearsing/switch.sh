# switch.sh: the network that the containers of one rehearsal share. It runs in a network namespace of its own and is nothing else
# than that namespace: when its standard input ends, it is gone with all that is plugged in.
set -eu
ip link add lan type bridge
ip link set lan up
echo ready
cat >/dev/null
