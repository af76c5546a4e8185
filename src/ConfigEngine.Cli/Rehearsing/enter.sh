# enter.sh DIR [COMMAND]: a shell, or a command, as root in the container that container.sh runs in DIR. Fails at once while it is not up.
set -eu
[ -e "$1/boot" ] || exit 69
read -r boot <"$1/boot"
shift
children() { cat "/proc/$1/task/$1/children" 2>/dev/null || :; }
leader=
for init in $(children "$boot"); do
    for nspawn in $(children "$init"); do
        for child in $(children "$nspawn"); do
            # The container's first process is number 1 in its own process namespace; others of its monitor are not (proc_pid_status(5)).
            if [ "$(awk '/^NSpid:/ { print $NF; exit }' "/proc/$child/status")" = 1 ]; then leader=$child; fi
        done
    done
done
[ "$leader" ] || exit 69

# Who waits for the shell in the container must be a shell outside: a system that goes down stops its processes before it kills them,
# and nsenter would stop with its child (--no-fork).
exec nsenter --target "$leader" --all --no-fork --root --wd /usr/bin/env -i HOME=/root LC_ALL=C \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /bin/sh -c '"$@"; exit $?' sh "${@:-/bin/sh}"
