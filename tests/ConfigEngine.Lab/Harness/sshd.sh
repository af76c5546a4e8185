# sshd.sh SSHD CONFIG: an sshd in the foreground; the directory is the one that it drops its privileges into.
mkdir -p /run/sshd
exec "$1" -D -e -f "$2"
