# repository.sh RELEASE MIRROR IMAGE OUT [PACKAGE…]: the two apt repositories that hosts of a release can reach.
# OUT/apt: flat, unsigned, configured in every host. OUT/apt-signed: suite stable, component main, key.asc; not configured.
release=$1 mirror=$2 image=$3 out=$4
shift 4
export LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
mkdir -p "$out/apt" "$out/apt-signed"

# Real packages with all that the image does not have yet. This machine's own apt state is neither read nor written.
if [ $# -gt 0 ]; then
    mkdir -p "$work/etc/apt.conf.d" "$work/lists/partial" "$work/cache/archives/partial"
    echo "deb $mirror $release main" >"$work/etc/sources.list"
    cat >"$work/apt.conf" <<END
Dir::Etc::sourcelist "$work/etc/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Etc::trustedparts "$image/etc/apt/trusted.gpg.d";
Dir::State "$work";
Dir::State::lists "$work/lists";
Dir::State::status "$image/var/lib/dpkg/status";
Dir::Cache "$work/cache";
APT::Sandbox::User "root";
APT::Install-Recommends "false";
Acquire::Languages "none";
END
    export APT_CONFIG="$work/apt.conf"
    apt-get -q update
    apt-get -q --yes --download-only install "$@"
    cp "$work"/cache/archives/*.deb "$out/apt/"
    unset APT_CONFIG
fi

# package NAME VERSION [FIELD…]: starts the tree of a small package in $tree; the caller adds files and calls pack.
package() {
    tree=$work/$1_$2
    mkdir -p "$tree/DEBIAN"
    printf 'Package: %s\nVersion: %s\nArchitecture: all\nMaintainer: ConfigEngine Lab <lab@example.invalid>\nDescription: %s of the lab\n' \
        "$1" "$2" "$1" >"$tree/DEBIAN/control"
    shift 2
    for field; do echo "$field" >>"$tree/DEBIAN/control"; done
}
script() { cat >"$tree/DEBIAN/$1"; chmod 755 "$tree/DEBIAN/$1"; }
pack() { dpkg-deb --root-owner-group -Zxz --build "$tree" "$1" >/dev/null; }

for version in 1.0-1 1.1-1 2.0-1; do
    package cfg-demo $version 'Depends: cfg-demo-lib'
    mkdir -p "$tree/usr/bin" "$tree/usr/lib/systemd/system" "$tree/etc"
    printf '#!/bin/sh\necho cfg-demo %s\n' $version >"$tree/usr/bin/cfg-demo"
    chmod 755 "$tree/usr/bin/cfg-demo"
    printf '# cfg-demo %s\ngreeting = hello\n' ${version%%.*} >"$tree/etc/cfg-demo.conf"
    echo /etc/cfg-demo.conf >"$tree/DEBIAN/conffiles"
    cat >"$tree/usr/lib/systemd/system/cfg-demo.service" <<'END'
[Unit]
Description=Demo of the lab

[Service]
ExecStart=/bin/sleep infinity
ExecReload=/bin/true

[Install]
WantedBy=multi-user.target
END
    # As dh_installsystemd writes them.
    script postinst <<'END'
#!/bin/sh
set -e
if [ "$1" = configure ]; then
    deb-systemd-helper unmask cfg-demo.service >/dev/null || true
    if deb-systemd-helper --quiet was-enabled cfg-demo.service; then
        deb-systemd-helper enable cfg-demo.service >/dev/null || true
    else
        deb-systemd-helper update-state cfg-demo.service >/dev/null || true
    fi
    if [ -d /run/systemd/system ]; then
        systemctl --system daemon-reload >/dev/null || true
        deb-systemd-invoke "$([ -n "$2" ] && echo restart || echo start)" cfg-demo.service >/dev/null || true
    fi
fi
END
    script prerm <<'END'
#!/bin/sh
set -e
if [ -d /run/systemd/system ] && [ "$1" = remove ]; then deb-systemd-invoke stop cfg-demo.service >/dev/null || true; fi
END
    script postrm <<'END'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then systemctl --system daemon-reload >/dev/null || true; fi
if [ "$1" = purge ] && [ -x /usr/bin/deb-systemd-helper ]; then deb-systemd-helper purge cfg-demo.service >/dev/null || true; fi
END
    pack "$out/apt"
done

package cfg-demo-lib 1.0-1
pack "$out/apt"

package cfg-conflict 1.0-1 'Conflicts: cfg-demo'
pack "$out/apt"

package cfg-broken 1.0-1
script postinst <<'END'
#!/bin/sh
echo "cfg-broken: cannot configure, on purpose" >&2
exit 1
END
pack "$out/apt"

cd "$out/apt"
apt-ftparchive packages . >Packages
apt-ftparchive release . >"$work/Release"
mv "$work/Release" Release

pool=$out/apt-signed/pool index=dists/stable/main/binary-$(dpkg --print-architecture)
mkdir -p "$pool" "$out/apt-signed/$index"
package cfg-signed 1.0-1
pack "$pool"
cd "$out/apt-signed"
apt-ftparchive packages pool >"$index/Packages"
apt-ftparchive -o APT::FTPArchive::Release::Origin='ConfigEngine Lab' -o APT::FTPArchive::Release::Suite=stable \
    -o APT::FTPArchive::Release::Codename=stable -o APT::FTPArchive::Release::Components=main \
    -o APT::FTPArchive::Release::Architectures="$(dpkg --print-architecture)" release dists/stable >"$work/Release"
mv "$work/Release" dists/stable/Release

export GNUPGHOME="$work/gnupg"
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --passphrase '' --quick-generate-key 'ConfigEngine Lab <lab@example.invalid>' ed25519 sign never
gpg --batch --quiet --armor --export >key.asc
gpg --batch --quiet --armor --detach-sign --output dists/stable/Release.gpg dists/stable/Release
gpg --batch --quiet --clearsign --output dists/stable/InRelease dists/stable/Release
gpgconf --kill all
