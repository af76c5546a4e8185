# base-system.sh SUITE DISTRIBUTION MIRROR ROOT LOG: the root file system of a freshly installed host. An empty MIRROR is the one that
# this machine's own apt uses, if this machine has the same distribution, and debootstrap's own choice otherwise. It ends when its
# standard input does, which is also so when cfg is killed, and leaves nothing then.
set -eu
suite=$1 distribution=$2 mirror=$3 root=$4 log=$5
exec 3<&0 </dev/null >"$log" 2>&1
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
if [ ! "$mirror" ] && [ "$(sed -n 's/^ID=//p' /etc/os-release)" = "$distribution" ]; then
    mirror=$(apt-get indextargets --format "\$(SITE)" 'Created-By: Packages' | head -n 1)
fi

install_it() {
    setpriv --pdeathsig KILL debootstrap --variant=minbase \
        --include=ca-certificates,cron,dbus,iproute2,kmod,openssh-server,procps,sudo,systemd,systemd-sysv \
        "$suite" "$root" ${mirror:+"$mirror"} || return 1
    # What debootstrap copied from this machine, and what differs from host to host.
    rm -f "$root"/etc/resolv.conf "$root"/etc/hostname "$root"/etc/machine-id "$root"/var/lib/dbus/machine-id \
        "$root"/etc/ssh/ssh_host_*
    # Nothing that acts on its own while somebody looks.
    for unit in apt-daily.timer apt-daily-upgrade.timer console-getty.service getty@.service; do
        ln -sf /dev/null "$root/etc/systemd/system/$unit"
    done
}

install_it 3<&- &
work=$!
{
    while read -r _; do :; done <&3
    kill -KILL $work
} 2>/dev/null &
watch=$!
exec 3<&-
ended=0
wait $work || ended=$?
kill -KILL $watch 2>/dev/null || :
umount --lazy "$root/proc" "$root/sys" 2>/dev/null || :
[ $ended = 0 ] || rm -rf --one-file-system "$root"
exit $ended
