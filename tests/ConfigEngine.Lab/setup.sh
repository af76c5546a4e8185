#!/bin/sh
# Installs what the lab, the tests of completion and .ci/release need on a Debian or Ubuntu machine; does nothing where all of it is there.
set -eu

packages='apt-utils busybox-static debian-archive-keyring debootstrap dpkg-dev e2fsprogs fish gnupg iproute2 neovim openssh-client openssh-server procps qemu-system-x86 shellcheck sudo systemd-container unzip util-linux zsh'

# Each host of a lab takes about five of the machine's inotify instances, and 128 is what many systems allow. A systemd that gets none
# stays in the middle of its start.
instances=/proc/sys/fs/inotify/max_user_instances
[ "$(cat $instances)" -ge 1024 ] || echo 1024 >$instances || echo "setup.sh: run as root to write 1024 into $instances" >&2

missing=
for package in $packages; do
    status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
    [ "$status" = installed ] || missing="$missing $package"
done
# It may come with a Node.js that is not Debian's. A server of PostgreSQL that Debian no longer has is in its registry.
command -v npm >/dev/null || missing="$missing npm"
[ -n "$missing" ] || exit 0

command -v apt-get >/dev/null || { echo "setup.sh: there is no apt-get here; the lab needs:$missing" >&2; exit 1; }
[ "$(id -u)" = 0 ] || { echo "setup.sh: run as root to install:$missing" >&2; exit 1; }

# A controller needs sshd's program, not its service: nothing is started by this installation.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod 755 $policy
fi

echo "setup.sh: installing$missing" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
# shellcheck disable=SC2086 # a list of names
{
    apt-get -qq update &&
    apt-get -qq install --yes --no-install-recommends $missing
} >"$log" 2>&1 </dev/null || { cat "$log" >&2; rm -f "$log"; echo "setup.sh: could not install$missing" >&2; exit 1; }
rm -f "$log"
