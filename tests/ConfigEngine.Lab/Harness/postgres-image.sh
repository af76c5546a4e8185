# postgres-image.sh RELEASE MIRROR IMAGE ROOT: what a host with PostgreSQL starts from: the release's image, its PostgreSQL, and the cluster that the
# package makes.
release=$1 mirror=$2 image=$3 root=$4
export LC_ALL=C.UTF-8 LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive
out=$root.apt
# shellcheck source=/dev/null
. "$(dirname "$0")/image-apt.sh"
cp -a "$image/." "$root"
mount -t proc proc "$root/proc"

# The packages' scripts get the TMPDIR of apt, which is a path out here.
mkdir -p "$root$root/tmp"
install_packages postgresql
rm -rf "$root${root%/*}"

umount "$root/proc"
rm -rf "$out"
