# container.sh DIR NAME BASE SWITCH OUTSIDE: a container over a copy-on-write layer on BASE, until its standard input ends, which is also
# so when cfg is killed. Then it takes away all that it made, DIR included.
#
# It runs in a mount and a network namespace of its own (unshare): what it mounts or plugs in is gone with it in any case.
#   DIR      Its own directory: hosts (lines of "ADDRESS NAME"), address, mounts (lines of SOURCE:TARGET), and what it writes.
#   BASE     The root file system, which is only read.
#   SWITCH   The process whose network namespace is the network of the rehearsal.
#   OUTSIDE  The process whose network namespace leads to the outside; 0 where nothing does.
set -eu
dir=$1 name=$2 base=$3 switch=$4 outside=$5
exec 3<&0 4>&2 </dev/null >>"$dir/console" 2>&1
# A signal of a terminal is for cfg, which then ends this one.
trap '' INT

# A cgroup of its own, in each hierarchy: otherwise several containers would share the units of the one that cfg runs in.
group=cfg-rehearsal-$$
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    if [ -e $hierarchy/cgroup.procs ]; then
        mkdir -p "$hierarchy/$group"
        echo $$ >"$hierarchy/$group/cgroup.procs"
    fi
done

ip link set lo up
ip link add host0 type veth peer name "v$$" netns "$switch"
nsenter --net="/proc/$switch/ns/net" ip link set "v$$" master lan up
ip link set host0 up
read -r own <"$dir/address"
case $own in
    *:*) ip address add "$own/128" dev host0 nodad ;;
    *) ip address add "$own/32" dev host0 ;;
esac
while read -r address _; do
    [ "$address" = "$own" ] || ip route add "$address" dev host0
done <"$dir/hosts"
way_out=
if [ "$outside" != 0 ]; then
    # A way out without a change of this machine's network: a program that carries connections (slirp4netns(1)).
    nsenter --net="/proc/$outside/ns/net" setpriv --pdeathsig KILL \
        slirp4netns --configure --mtu=65520 --disable-host-loopback $$ tap0 3<&- 4>&- &
    way_out=$!
fi

mkdir -p /run/systemd/nspawn "$dir/upper" "$dir/work" "$dir/merged"
mount -t tmpfs tmpfs /run/systemd/nspawn
mount -t overlay -o "lowerdir=$base,upperdir=$dir/upper,workdir=$dir/work" overlay "$dir/merged"
echo "$name" >"$dir/merged/etc/hostname"
{
    printf '127.0.0.1 localhost\n::1 localhost ip6-localhost\n'
    cat "$dir/hosts"
} >"$dir/merged/etc/hosts"
rm -f "$dir/merged/etc/machine-id" "$dir/merged/etc/resolv.conf"
tr -d - </proc/sys/kernel/random/uuid >"$dir/merged/etc/machine-id"
[ ! -x "$dir/merged/usr/bin/ssh-keygen" ] || chroot "$dir/merged" ssh-keygen -A
[ "$outside" = 0 ] || echo 'nameserver 10.0.2.3' >"$dir/merged/etc/resolv.conf"

setpriv --pdeathsig KILL unshare --pid --fork --kill-child --mount-proc \
    sh "${0%/*}/boot.sh" "$name" "$dir/merged" "$dir/mounts" 3<&- 4>&- &
boot=$!
echo $boot >"$dir/boot.new"
mv "$dir/boot.new" "$dir/boot"
{
    while read -r _; do :; done <&3
    kill -KILL $boot
} 2>/dev/null 4>&- &
watch=$!
exec 3<&-
ended=0
wait $boot || ended=$?
# It was not told to end: what it said last is the reason.
[ $ended = 137 ] || tail -n 8 "$dir/console" >&4
kill -KILL $watch $way_out 2>/dev/null || :
wait
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    if [ -d "$hierarchy/$group" ]; then
        echo $$ >"$hierarchy/cgroup.procs"
        tries=0
        until find "$hierarchy/$group" -depth -type d -exec rmdir {} + 2>/dev/null || [ $tries = 50 ]; do
            tries=$((tries + 1))
            sleep 0.1
        done
    fi
done
umount "$dir/merged" || umount --lazy "$dir/merged"
rm -rf --one-file-system "$dir"
