# vm.sh NAME ADDRESS LINK IMAGE DIR: boots a virtual machine from a copy of its image's disk. A reboot is its own affair.
name=$1 address=$2 link=$3 image=$4 dir=$5

if [ ! -e "$dir/seeded" ]; then
    cp --sparse=always "$image/disk" "$dir/disk"
    echo "$name" >"$dir/hostname"
    printf '127.0.0.1 localhost\n127.0.1.1 %s\n::1 localhost ip6-localhost\n' "$name" >"$dir/hosts"
    tr -d - </proc/sys/kernel/random/uuid >"$dir/machine-id"
    echo "ADDRESS=$address" >"$dir/lab-network"

    # seed FROM TO MODE OWNER: a file, into a file system that this kernel need not know.
    seed() { printf 'rm %s\nwrite "%s" %s\nsif %s mode 0100%s\nsif %s uid %s\nsif %s gid %s\n' "$2" "$dir/$1" "$2" "$2" "$3" "$2" "$4" "$2" "$4"; }
    {
        seed hostname /etc/hostname 644 0
        seed hosts /etc/hosts 644 0
        seed machine-id /etc/machine-id 444 0
        seed lab-network /etc/lab-network 644 0
        seed ssh_host_ed25519_key /etc/ssh/ssh_host_ed25519_key 600 0
        seed ssh_host_ed25519_key.pub /etc/ssh/ssh_host_ed25519_key.pub 644 0
        seed authorized_keys /root/.ssh/authorized_keys 600 0
        seed authorized_keys /home/deploy/.ssh/authorized_keys 600 2001
        seed authorized_keys /home/plain/.ssh/authorized_keys 600 2003
    } | debugfs -w -f - "$dir/disk"
    touch "$dir/seeded"
fi

# Nothing is lost by "unsafe" but what this machine's own end would lose. One processor: two emulated ones wait for each other's
# locks while this machine is busy with other things, until the kernel calls that a lockup. Others mostly wait, this one computes:
# where it may, it goes first.
exec nice -n -10 qemu-system-x86_64 -name "$name" -accel tcg,thread=multi -smp 1 -m 1G -nodefaults -display none -serial stdio \
    -kernel "$image/vmlinuz" -initrd "$image/initrd" -append 'root=/dev/vda rw console=ttyS0 net.ifnames=0 loglevel=6 systemd.show_status=1' \
    -drive "file=$dir/disk,if=virtio,format=raw,cache=unsafe" \
    -netdev "tap,id=net,ifname=$link,script=no,downscript=no" -device virtio-net-pci,netdev=net,romfile= \
    -device virtio-rng-pci
