# dnf-image.sh RELEASE MIRROR IMAGE OUT PACKAGE…: what a host with dnf starts from. No root of EL or Fedora can be had here, so it is that of a
# Debian release with Debian's dnf and rpm, a database and packages of our own, and no apt and dpkg any more. OUT/root, OUT/repository.
release=$1 mirror=$2 image=$3 out=$4
shift 4
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
root=$out/root
# shellcheck source=/dev/null
. "$(dirname "$0")/image-apt.sh"
cp -a "$image" "$root"
mount -t proc proc "$root/proc"

install_packages "$@"

# Debian's rpm keeps its database in the home of who calls it, and its dnf looks into a directory of its own that is not there; nobody else's do.
mkdir -p "$root/etc/rpm"
echo '%_dbpath /var/lib/rpm' >"$root/etc/rpm/macros.lab"
printf '[main]\nenabled = 0\n' >"$root/etc/dnf/plugins/local.conf"
mkdir -p "$root/etc/yum.repos.d" "$root/srv/out" "$out/repository"
printf '[lab]\nname=The lab\nbaseurl=file:///srv/rpm\ngpgcheck=0\n' >"$root/etc/yum.repos.d/lab.repo"
cp "$(dirname "$0")/rpm-repository.sh" "$root/root/"
chroot "$root" sh -eu /root/rpm-repository.sh /srv/out
chroot "$root" rpm --initdb
chroot "$root" rpm --install /srv/out/rpm/cfg-release-9-1.noarch.rpm
mv "$root"/srv/out/* "$out/repository/"

umount "$root/proc"
rm -rf "$root/srv/out" "$root/srv/apt" "$root/srv/apt-signed" "$root/root/rpm-repository.sh" "$root/root/.gnupg" "$root"/var/cache/dnf/* \
    "$root"/usr/bin/apt* "$root"/usr/bin/dpkg* "$root"/usr/sbin/dpkg* "$root"/etc/apt "$root"/var/lib/apt "$root"/var/lib/dpkg
printf 'ID=lab\nID_LIKE="rhel fedora"\nVERSION_ID=9\nPRETTY_NAME="The lab with dnf"\n' >"$root/usr/lib/os-release"
