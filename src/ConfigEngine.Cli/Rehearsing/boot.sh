# boot.sh NAME ROOT MOUNTS: boots a container, again and again as it reboots. It is process 1 of a process namespace of its own: when it
# is killed, the kernel ends all that runs in the container.
set -eu
name=$1 root=$2 mounts=$3
set --
while read -r mount; do
    set -- "$@" "--bind-ro=$mount"
done <"$mounts"
while :; do
    ended=0
    SYSTEMD_NSPAWN_API_VFS_WRITABLE=network systemd-nspawn --quiet --boot --register=no --keep-unit --directory="$root" \
        --machine="$name" --network-namespace-path=/proc/1/ns/net --capability=CAP_NET_ADMIN --link-journal=no \
        --resolv-conf=off --timezone=off --console=pipe "$@" || ended=$?
    [ $ended = 133 ] || exit $ended # 133: the container asked for a reboot.
done
