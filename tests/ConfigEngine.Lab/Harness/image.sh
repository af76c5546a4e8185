# image.sh RELEASE MIRROR ROOT OPS_PASSWORD: what every host of a release starts from.
release=$1 mirror=$2 root=$3 password=$4
export LC_ALL=C DEBIAN_FRONTEND=noninteractive

debootstrap --variant=minbase \
    --include=ca-certificates,cron,dbus,iproute2,kmod,openssh-server,procps,sudo,systemd,systemd-sysv \
    "$release" "$root" "$mirror"

# What debootstrap copied from this machine, and what must differ from host to host.
rm -f "$root"/etc/resolv.conf "$root"/etc/hostname "$root"/etc/machine-id "$root"/var/lib/dbus/machine-id \
    "$root"/etc/ssh/ssh_host_* "$root"/etc/apt/sources.list "$root"/etc/apt/sources.list.d/* \
    "$root"/var/log/bootstrap.log "$root"/var/cache/apt/*.bin
find "$root/var/lib/apt/lists" -type f -delete
mkdir -p "$root/srv/apt" "$root/srv/apt-signed"
cat >"$root/etc/apt/sources.list.d/lab.sources" <<'END'
Types: deb
URIs: file:/srv/apt
Suites: ./
Trusted: yes
END

# Several users of one lab, several ways to root.
chroot "$root" useradd --create-home --uid 2001 --shell /bin/bash deploy
chroot "$root" useradd --create-home --uid 2002 --shell /bin/bash ops
chroot "$root" useradd --create-home --uid 2003 --shell /bin/bash plain
printf 'ops:%s\n' "$password" | chroot "$root" chpasswd
echo 'deploy ALL=(ALL:ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/deploy"
echo 'ops ALL=(ALL:ALL) ALL' >"$root/etc/sudoers.d/ops"
chmod 440 "$root"/etc/sudoers.d/deploy "$root"/etc/sudoers.d/ops

# Since 9.8, sshd refuses sources that break connections off, which is what the tests do all the time.
echo 'PasswordAuthentication yes' >"$root/etc/ssh/sshd_config.d/lab.conf"
case $release in
    bullseye | bookworm) ;;
    *) echo 'PerSourcePenalties no' >>"$root/etc/ssh/sshd_config.d/lab.conf" ;;
esac

# Nothing that acts on its own while a test looks.
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
    fstrim.timer console-getty.service getty@.service systemd-tmpfiles-clean.timer; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
