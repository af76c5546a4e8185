# vm-image.sh RELEASE MIRROR IMAGE OUT PACKAGE…: what a virtual machine starts from: the image of a release's hosts, with more
# packages, a kernel among them. OUT/disk: an ext4 file system, sparse. OUT/vmlinuz, OUT/initrd: what boots it.
release=$1 mirror=$2 image=$3 out=$4
shift 4
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
root=$out/root
# shellcheck source=/dev/null
. "$(dirname "$0")/image-apt.sh"
cp -a "$image" "$root"
mount -t proc proc "$root/proc"

# The initrd is unpacked by an emulated processor: only what leads to the disk, and compressed for speed.
mkdir -p "$root/etc/initramfs-tools/conf.d"
printf 'MODULES=list\nCOMPRESS=lz4\nRESUME=none\n' >"$root/etc/initramfs-tools/conf.d/lab"
printf 'virtio_pci\nvirtio_blk\nvirtio_net\next4\n' >"$root/etc/initramfs-tools/modules"

install_packages "$@"

# The address is in a file that vm.sh writes. systemd-networkd would take 20 s of an emulated boot.
cat >"$root/etc/systemd/system/lab-network.service" <<'END'
[Unit]
Description=The address in the lab
DefaultDependencies=no
After=systemd-remount-fs.service
Before=network.target network-online.target
Wants=network.target network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
EnvironmentFile=/etc/lab-network
ExecStart=/bin/ip address add ${ADDRESS}/24 dev eth0
ExecStart=/bin/ip link set eth0 up

[Install]
WantedBy=sysinit.target
END
chroot "$root" systemctl enable lab-network.service
ln -s /dev/null "$root/etc/systemd/system/serial-getty@.service"
chroot "$root" systemctl disable smbd nmbd samba-ad-dc
printf '/dev/vda / ext4 defaults 0 1\n' >"$root/etc/fstab"
for user in root deploy plain; do
    home=$(sed -n "s/^$user:[^:]*:[^:]*:[^:]*:[^:]*:\([^:]*\):.*/\1/p" "$root/etc/passwd")
    chroot "$root" install -d -m 700 -o $user -g $user "$home/.ssh"
done

umount "$root/proc"
mv "$root"/boot/vmlinuz-* "$out/vmlinuz"
mv "$root"/boot/initrd.img-* "$out/initrd"
mke2fs -q -t ext4 -d "$root" "$out/disk" 2G
rm -rf --one-file-system "$root"
