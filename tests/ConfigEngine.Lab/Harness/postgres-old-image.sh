# postgres-old-image.sh VERSION PACKAGE IMAGE ROOT: the image of a host with PostgreSQL, with a server that Debian no longer has beside the one
# of the release, and a cluster of it only. PACKAGE is what the registry of npm has: the server, initdb and pg_ctl. The other programs are
# those of the release, which work with older servers.
version=$1 package=$2 image=$3 root=$4
export LC_ALL=C.UTF-8 LANG=C.UTF-8
fetched=$root.npm
rm -rf "$fetched"
mkdir -p "$fetched"
(cd "$fetched" && npm pack --silent "$package" >name && tar -xzf "$(tail -n 1 name)")
cp -a "$image/." "$root"

to=$root/usr/lib/postgresql/$version
release=$(ls "$root/usr/lib/postgresql")
cp -R "$fetched/package/native" "$to"
chown -R root:root "$to"
chmod -R a+rX "$to"

# The package has no links; its pg-symlinks.json lists them: {"source": the file, "target": the link}.
tr '{' '\n' <"$to/pg-symlinks.json" | sed -n 's/.*"source":"native\/\([^"]*\)","target":"native\/\([^"]*\)".*/\1 \2/p' |
    while read -r file link; do ln -s "${file##*/}" "$to/$link"; done
for tool in psql pg_basebackup pg_controldata; do ln -s "../../$release/bin/$tool" "$to/bin/$tool"; done

mount -t proc proc "$root/proc"
chroot "$root" pg_dropcluster "$release" main
chroot "$root" pg_createcluster "$version" main
umount "$root/proc"
rm -rf "$fetched"
