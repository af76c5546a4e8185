# clean.sh LAB DIR: takes away everything of one lab, by its own names and ids; what is gone already is no error.
lab=$1 dir=$2

for netns in $(ip netns list | sed -n "s/^\($lab-[^ ]*\).*/\1/p"); do
    for id in $(ip netns pids "$netns"); do kill -KILL "$id" || true; done
    ip netns delete "$netns"
done
# Interfaces of a deleted namespace go some time later, and one that was made a moment before a kill is on no bridge yet; the names must
# be free now.
for link in /sys/class/net/"$lab"v* "/sys/class/net/$lab"; do
    [ ! -e "$link" ] || ip link delete "${link##*/}" || true
done
for group in /sys/fs/cgroup/"$lab"-* /sys/fs/cgroup/systemd/"$lab"-* /sys/fs/cgroup/unified/"$lab"-*; do
    [ ! -d "$group" ] || find "$group" -depth -type d -exec rmdir {} +
done
rm -rf --one-file-system "$dir"
