# rpm-repository.sh OUT: the two repositories for dnf, built inside the root that they are for. OUT/rpm: unsigned, configured in every host.
# OUT/rpm-signed: its packages and its index are signed by key.asc, and not by other.asc; not configured.
out=$1
export LC_ALL=C
work=$(mktemp -d)
mkdir -p "$out/rpm" "$out/rpm-signed"

# package DIRECTORY NAME VERSION-RELEASE [FIELDS [BODY]]: builds a small package, with these lines of its head and of what follows it.
package() {
    printf 'Name: %s\nVersion: %s\nRelease: %s\nSummary: %s of the lab\nLicense: none\nBuildArch: noarch\nAutoReqProv: no\n%b\n' \
        "$2" "${3%-*}" "${3#*-}" "$2" "${4-}" >"$work/spec"
    printf '%%description\nOf the lab.\n%b\n' "${5-%files}" >>"$work/spec"
    rpmbuild -bb --quiet --define "_topdir $work" --define "_rpmdir $1" --define '_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm' \
        --define '_binary_payload w1.gzdio' --define '__os_install_post %{nil}' "$work/spec"
}

# What the root itself has, as far as packages ask for it.
package "$out/rpm" cfg-release 9-1 'Provides: system-release = 9\nProvides: system-release(releasever) = 9\nProvides: /bin/sh'
for version in 1.0-1 1.1-1 2.0-1; do
    package "$out/rpm" cfg-demo $version 'Requires: cfg-demo-lib\nProvides: cfg-virtual' \
        "%install\nmkdir -p %{buildroot}/etc\necho '# $version' >%{buildroot}/etc/cfg-demo.conf\n%files\n%config(noreplace) /etc/cfg-demo.conf"
done
package "$out/rpm" cfg-demo-lib 1.0-1
package "$out/rpm" cfg-conflict 1.0-1 'Conflicts: cfg-demo'
package "$out/rpm" cfg-lacks 1.0-1 'Requires: nowhere'
package "$out/rpm" cfg-broken 1.0-1 '' '%pre\necho "cfg-broken: cannot be installed, on purpose" >&2\nexit 1\n%files'
package "$out/rpm" cfg-epoch 1.0-1 'Epoch: 2'
package "$out/rpm" cfg-slow 1.0-1 '' '%post\nwhile [ -e /srv/slow ]; do sleep 0.1; done\n%files'
for version in 1.0-1 2.0-1; do package "$out/rpm" aside $version; done
package "$out/rpm" needs-aside 1.0-1 'Requires: aside >= 2.0'
package "$out/rpm" with-extra 1.0-1 'Recommends: extra'
package "$out/rpm" extra 1.0-1
for version in 2.34-1 2.34-2; do package "$out/rpm" glibc $version; done
createrepo_c -q "$out/rpm"

package "$out/rpm-signed" cfg-signed 1.0-1
export GNUPGHOME="$work/gnupg"
mkdir -m 700 "$GNUPGHOME"
for who in lab other; do
    gpg --batch --quiet --passphrase '' --quick-generate-key "ConfigEngine $who <$who@example.invalid>" rsa2048 sign never
done
gpg --batch --quiet --armor --export lab@example.invalid >"$out/rpm-signed/key.asc"
gpg --batch --quiet --armor --export other@example.invalid >"$out/rpm-signed/other.asc"
rpmsign --addsign --define '__gpg /usr/bin/gpg' --define '_gpg_name lab@example.invalid' "$out"/rpm-signed/*.rpm
createrepo_c -q "$out/rpm-signed"
gpg --batch --quiet --local-user lab@example.invalid --armor --detach-sign --output "$out/rpm-signed/repodata/repomd.xml.asc" \
    "$out/rpm-signed/repodata/repomd.xml"
gpgconf --kill all
rm -rf "$work"
