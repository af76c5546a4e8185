# clean.sh LAB DIR: takes away everything of one lab, by its own names and ids; what is gone already is no error.
lab=$1 dir=$2

for netns in $(ip netns list | sed -n "s/^\($lab-[^ ]*\).*/\1/p"); do
    for id in $(ip netns pids "$netns"); do kill -KILL "$id" || true; done
    ip netns delete "$netns"
done
if [ -e "/sys/class/net/$lab" ]; then
    # Interfaces of a deleted namespace go some time later; the names must be free now.
    for link in $(ip -o link show master "$lab" | sed 's/^[0-9]*: \([^:@]*\).*/\1/'); do ip link delete "$link" || true; done
    ip link delete "$lab"
fi
for group in /sys/fs/cgroup/"$lab"-* /sys/fs/cgroup/systemd/"$lab"-* /sys/fs/cgroup/unified/"$lab"-*; do
    [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} +
done
rm -rf --one-file-system "$dir"
