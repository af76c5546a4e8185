# image-apt.sh, read by dnf-image.sh and vm-image.sh: packages for a root that is not this machine's. They set release, mirror, root and out.
# install_packages PACKAGE…: this machine's own apt state is neither read nor written, and nothing that is installed starts.
install_packages() {
    mkdir -p "$out/apt/lists/partial"
    echo "deb $mirror $release main" >"$out/apt/sources.list"
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod 755 "$root/usr/sbin/policy-rc.d"
    in_root update
    in_root install "$@"
    in_root clean
    rm -r "$root/usr/sbin/policy-rc.d" "$out/apt"
}

in_root() {
    TMPDIR=$root/tmp apt-get -q --yes --no-install-recommends -o Dir="$root" -o DPkg::Chroot-Directory="$root" \
        -o Dir::State::status="$root/var/lib/dpkg/status" -o Dir::State::lists="$out/apt/lists" \
        -o Dir::Etc::sourcelist="$out/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}
