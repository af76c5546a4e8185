{
set +eu; set +f; unset IFS OMP_NUM_THREADS OMP_THREAD_LIMIT
cd /
LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin
export LC_ALL PATH
nl='
'
b=; IFS= read -r b </proc/sys/kernel/random/uuid
b=${b:-cfg-$$-facts}

section() { printf '\n%s %s\n' "$b" "$1"; }
say() { [ -z "$2" ] || printf '%s=%s\n' "$1" "${2%%"$nl"*}"; }
has() { command -v "$1" >/dev/null; }
# first KEY PATH: the first line of a small file
first() { l=; [ -f "$2" ] && IFS= read -r l <"$2"; say "$1" "$l"; }
# copy PATH: a text file as it is, without a process if it is short: a shell reads slowly
copy() {
    k=0 t=
    # shellcheck disable=SC2094 # nothing is written
    while IFS= read -r l; do
        t=$t$l$nl k=$((k + 1))
        # shellcheck disable=SC2094 # cat reads it from its beginning
        [ $k -lt 200 ] || { cat "$1"; return; }
    done <"$1" || return
    printf '%s' "$t$l"
}
# text SECTION PATH...: the first of the files that exists
text() {
    s=$1; shift
    for f do
        [ -e "$f" ] || continue
        section "$s"
        { [ -f "$f" ] && copy "$f"; } || section "$s unreadable"
        return
    done
    section "$s missing"
}

printf 'cfg-facts 1 %s\n' "$b"

m=$(cat /proc/self/mountinfo)
if [ -n "$m" ]; then section mounts; printf '%s\n' "$m"; else section 'mounts missing'; fi
text meminfo /proc/meminfo
network=$nl
set -f; IFS=$nl
for l in $m; do
    case ${l##* - } in
    'nfsd '*|'fusectl '*) ;;
    nfs*|cifs*|smb*|afs*|9p*|ceph*|lustre*|fuse*|autofs*|gpfs*|glusterfs*|beegfs*|orangefs*|pvfs2*|coda*|ncp*|davfs*)
        IFS=' '
        # shellcheck disable=SC2086 # the words of a line
        set -- $l
        IFS=$nl
        case $5 in /|/usr) ;; *) network=$network$5$nl ;; esac ;;
    esac
done
set +f; unset IFS
# near PATH: whether it is not at or under a network mount, and is not a link that may lead there
near() {
    p=$1
    while [ -n "$p" ]; do
        case $network in *"$nl$p$nl"*) return 1 ;; esac
        p=${p%/*}
    done
    [ "$network" = "$nl" ] || case $1 in
    /usr/local*) [ ! -L /usr/local ] && [ ! -L "$1" ] ;;
    *) [ ! -L "$1" ] ;;
    esac
}
for d in /usr/local/bin /usr/local/sbin; do near "$d" && PATH=$d:$PATH; done

section system
u=$(uname -srm)
say uname "$u"
first version /proc/sys/kernel/version
first hostname /proc/sys/kernel/hostname
h=$l
[ -n "$h" ] || { h=$(uname -n); say hostname "$h"; }
first boot-id /proc/sys/kernel/random/boot_id
first uptime /proc/uptime
# The kernel tells which user this is, and which processors it may use: lists such as 0-3,8.
i= c=
while read -r k l r; do
    case $k in
    Uid:) i=${r%%[!0-9]*} ;;
    Cpus_allowed_list:) c=$l; break ;;
    esac
done </proc/self/status
n=0
IFS=,
for k in $c; do
    case $k in
    *[!0-9-]*|'') n=0; break ;;
    *) n=$((n + ${k#*-} - ${k%-*} + 1)) ;;
    esac
done
unset IFS
[ "$n" -gt 0 ] || n=$(nproc) || n=$(getconf _NPROCESSORS_ONLN)
say cpus "$n"
say uid "${i:-$(id -u)}"
e= z=
[ -L /etc/localtime ] && k=$(readlink /proc/$$/exe /etc/localtime) && case $k in *"$nl"*) e=${k%%"$nl"*} z=${k#*"$nl"} ;; esac
say shell "${e:-$(readlink /proc/$$/exe)}"
has dpkg && say dpkg "$(dpkg --print-architecture)"

text os-release /etc/os-release /usr/lib/os-release

section virtualization
v=
has systemd-detect-virt && v=$(systemd-detect-virt)
if [ -n "$v" ]; then say detect "$v"
else
    first container /run/systemd/container
    [ -e /.dockerenv ] && say container docker
    [ -e /run/.containerenv ] && say container podman
    [ -d /proc/vz ] && [ ! -d /proc/bc ] && say container openvz
    [ -r /proc/1/environ ] && for l in $(tr '\0 ' '\n_' </proc/1/environ); do
        case $l in container=?*) say container "${l#*=}" ;; esac
    done
    first vendor /sys/class/dmi/id/sys_vendor
    first product /sys/class/dmi/id/product_name
    first hypervisor /sys/hypervisor/type
    while read -r k l; do
        case $k in flags) case " $l " in *' hypervisor '*) say flag hypervisor ;; esac; break ;; esac
    done </proc/cpuinfo
fi

section init
first comm /proc/1/comm
[ "$l" = init ] && [ -L /sbin/init ] && say link "$(readlink /sbin/init)"
[ -d /run/systemd/system ] && say booted systemd
[ -d /run/openrc ] && { say booted openrc; has openrc && say openrc "$(openrc --version)"; }
for f in /usr/lib/systemd/libsystemd-shared-*.so /usr/lib/*/systemd/libsystemd-shared-*.so /lib/systemd/libsystemd-shared-*.so; do
    [ -e "$f" ] && { f=${f##*-shared-}; say systemd "${f%.so}"; break; }
done

section block
for d in /sys/block/*; do
    IFS= read -r l <"$d/size" && [ "$l" != 0 ] || continue
    n=${d##*/}
    say device "$n"; say size "$l"
    first read-only "$d/ro"; first removable "$d/removable"
    first model "$d/device/model"; first scsi "$d/device/type"
    first dm "$d/dm/name"; first dm-uuid "$d/dm/uuid"; first md "$d/md/level"
    for f in "$d/$n"*/partition; do
        [ -e "$f" ] || continue
        f=${f%/*}
        say partition "${f##*/}"; first size "$f/size"; first read-only "$f/ro"
    done
done

a=
has ip && a=$(ip addr)
if [ -n "$a" ]; then
    section addresses; printf '%s\n' "$a"
    section routes4; ip -4 route show default
    section routes6; ip -6 route show default
else
    # The names are /proc's: /sys may be that of another network namespace.
    section interfaces
    while IFS=': ' read -r n l; do
        case $l in *\|*) continue ;; esac
        say interface "$n"
        d=/sys/class/net/$n
        first mac "$d/address"; first mtu "$d/mtu"; first state "$d/operstate"; first flags "$d/flags"
    done </proc/net/dev
    text net-route /proc/net/route
    text net-trie /proc/net/fib_trie
    text net-inet6 /proc/net/if_inet6
    text net-route6 /proc/net/ipv6_route
fi

# The account databases that the host also has outside its own files (nsswitch.conf(5)).
remote=
[ -f /etc/nsswitch.conf ] && while read -r k l || [ -n "$k" ]; do
    case $k in passwd:|group:) ;; *) continue ;; esac
    for n in ${l%%#*}; do
        case $n in files|systemd|\[*|*\]) ;; *) remote="$remote $k" ;; esac
    done
done </etc/nsswitch.conf
# accounts DATABASE: the name service's list if it comes within two seconds, otherwise the host's own file
accounts() {
    n=files
    case $remote in
    *" $1:"*)
        n=unlisted
        if has getent && has timeout; then
            t=$(timeout 2 getent "$1")
            case $? in
            0) n=getent; [ ${#t} -gt 1000000 ] && n=large ;;
            124|137|143) n=late; remote=late ;;
            esac
        fi ;;
    late) n=late ;;
    esac
    if [ "$n" = getent ]; then section "$1 $n"; printf '%s\n' "$t"
    elif [ -f "/etc/$1" ]; then section "$1 $n"; copy "/etc/$1" || section "$1 unreadable"
    else section "$1 missing"
    fi
}
accounts passwd
accounts group

section time-zone
if [ -L /etc/localtime ]; then say link "${z:-$(readlink /etc/localtime)}"
elif [ -e /etc/localtime ]; then say file /etc/localtime
fi
first timezone /etc/timezone
first tz /etc/TZ
text locale /etc/locale.conf /etc/default/locale /etc/sysconfig/i18n

section security
first enforce /sys/fs/selinux/enforce
[ -f /etc/selinux/config ] && while read -r l; do
    case $l in SELINUXTYPE=*) say policy "${l#*=}" ;; esac
done </etc/selinux/config
first lsm /sys/kernel/security/lsm
first apparmor /sys/module/apparmor/parameters/enabled

section reboot
for f in /run/reboot-required /run/reboot-needed; do [ -e "$f" ] && say flag "$f"; done
[ -f /run/reboot-required.pkgs ] && while IFS= read -r l || [ -n "$l" ]; do say package "$l"; done </run/reboot-required.pkgs
near /lib/modules && near /usr/lib/modules && for d in /lib/modules/*/kernel; do [ -e "$d" ] && { d=${d%/kernel}; say kernel "${d##*/}"; }; done
near /boot && for f in /boot/vmlinuz-[0-9]*; do [ -f "$f" ] && say kernel "${f#*/vmlinuz-}"; done
r=${u#* }; r=${r% *}
f=/var/lib/dpkg/info/linux-image-$r.list
near "$f" && [ -f "$f" ] && { say kernel-package-time "$(stat -c %Y "$f")"; say now "$(date +%s)"; }

section tools
IFS=:; set -- $PATH; unset IFS
for t in aa-status apk apt-get awk base64 bash blkid busctl chronyc crontab curl dnf dnf5 doas docker dpkg findmnt \
    flock fuser getent getfacl getfattr git gpg grep gzip hostnamectl ip iptables journalctl jq killall localectl \
    logger losetup lsblk lsof lvm mdadm mkswap mount mysql nft nginx nsenter openssl pacman perl pgrep podman psql \
    python3 rc-service rc-update resolvectl restorecon rpm rsync ruby sed semanage service setfacl setfattr \
    setpriv setsebool setsid sfdisk sha256sum ss sshd stat sudo systemctl systemd-analyze systemd-run tar \
    timedatectl timeout ufw unzip update-rc.d useradd visudo wget xz yum zstd zypper
do
    for d do [ -f "$d/$t" ] && [ -x "$d/$t" ] && { printf '%s\n' "$d/$t"; break; }; done
done

# The commands besides a shell that cfg needs on a host and that are missing: a busybox may be built without some of them.
section lacks
for t in base64 cat chmod chown cp cut date find flock grep head id ln ls mkdir mktemp mv readlink rm rmdir sed sha256sum sleep sort \
    stat sync tail timeout touch tr xargs
do
    has "$t" || printf '%s\n' "$t"
done
has stat && { stat -c %a / >/dev/null || echo 'stat -c'; }

section versions
# Versions of programs that answer within a millisecond or two, and only of the system's own programs, because perl reads
# /usr/local/lib.
version() {
    t=$1; shift
    for d in /usr/bin /bin; do
        [ -x "$d/$t" ] || continue
        l=$("$d/$t" "$@"); say "$t" "${l%%"$nl"*}"
        return
    done
}
if near /usr/local; then
    version git --version
    version perl -e 'printf "%vd", $^V'
    version python3 --version
    version rsync --version
    version tar --version
fi

section hosts
n=0
[ -f /etc/hosts ] && while [ $n -lt 300 ] && { IFS= read -r l || [ -n "$l" ]; }; do
    n=$((n + 1))
    case $l in *"$h"*) printf '%s\n' "$l" ;; esac
done </etc/hosts

section end
exit 0
} </dev/null 2>/dev/null
