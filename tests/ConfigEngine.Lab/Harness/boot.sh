# boot.sh NAME NETNS IMAGE DIR REPOSITORY: boots a host over an overlay of its image, again and again as it reboots.
name=$1 netns=$2 image=$3 dir=$4 repository=$5

# A cgroup of its own: with --keep-unit, two hosts that started in one cgroup would share their system.slice.
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    if [ -e $hierarchy/cgroup.procs ]; then
        mkdir -p "$hierarchy/$netns"
        echo 0 >"$hierarchy/$netns/cgroup.procs"
    fi
done

mkdir -p /run/systemd/nspawn "$dir/upper" "$dir/work" "$dir/root"
mount -t tmpfs tmpfs /run/systemd/nspawn
mount -t overlay -o "lowerdir=$image,upperdir=$dir/upper,workdir=$dir/work" overlay "$dir/root"
cd "$dir/root"

if [ ! -e "$dir/seeded" ]; then
    echo "$name" >etc/hostname
    printf '127.0.0.1 localhost\n127.0.1.1 %s\n::1 localhost ip6-localhost\n' "$name" >etc/hosts
    tr -d - </proc/sys/kernel/random/uuid >etc/machine-id
    install -m 600 "$dir/ssh_host_ed25519_key" etc/ssh/
    install -m 644 "$dir/ssh_host_ed25519_key.pub" etc/ssh/
    for user in root deploy plain; do
        home=$(sed -n "s/^$user:[^:]*:[^:]*:[^:]*:[^:]*:\([^:]*\):.*/\1/p" etc/passwd)
        id=$(sed -n "s/^$user:[^:]*:\([^:]*:[^:]*\):.*/\1/p" etc/passwd)
        install -d -m 700 -o "${id%:*}" -g "${id#*:}" ".$home/.ssh"
        install -m 600 -o "${id%:*}" -g "${id#*:}" "$dir/authorized_keys" ".$home/.ssh/authorized_keys"
    done
    touch "$dir/seeded"
fi
cd /

set --
for directory in "$repository"/*/; do
    directory=${directory%/}
    set -- "$@" "--bind-ro=$directory:/srv/${directory##*/}"
done

while :; do
    while [ -e "$dir/hold" ]; do sleep 0.1; done
    ended=0
    SYSTEMD_NSPAWN_API_VFS_WRITABLE=network systemd-nspawn --quiet --boot --register=no --keep-unit \
        --directory="$dir/root" --machine="$name" --network-namespace-path="/run/netns/$netns" \
        --capability=CAP_NET_ADMIN --link-journal=no --resolv-conf=off --timezone=off --console=pipe "$@" || ended=$?
    [ $ended = 133 ] || exit $ended   # 133: the host asked for a reboot
done
