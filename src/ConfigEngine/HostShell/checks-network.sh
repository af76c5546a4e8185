# How each network tool checks its configuration in a copy (see checks.sh).

cfg_check_nftables() {
  command -v nft >/dev/null 2>&1 || return 0
  cfg_shadow 'nftables.conf nftables.d' "$@" && cfg_repoint || return
  [ -e "$cfg_twin/nftables.conf" ] || return 0
  cfg_judge nft -c -I "$cfg_twin" -f "$cfg_twin/nftables.conf"
}

# With --no-act it prints what it would do; the only thing that it would run is the script of a mapping.
cfg_check_interfaces() {
  # ifupdown2 and ifupdown-ng have other options.
  case $(ifup --version 2>/dev/null) in 'ifup version 0.'*) ;; *) return 0;; esac
  cfg_shadow 'interfaces interfaces.d' "$@" && cfg_repoint || return
  [ -e "$cfg_twin/interfaces" ] || return 0
  cfg_judge ifquery --list -i "$cfg_twin/interfaces" || return
  ! grep -rqE '^[[:space:]]*mapping[[:space:]]' "$cfg_twin" || return 0
  for cfg_class in auto hotplug; do
    cfg_said=$(cfg_judge ifup --no-act --force --all --allow=$cfg_class -i "$cfg_twin/interfaces" 2>&1) ||
      { printf '%s\n' "$cfg_said" | grep -E '^ifup:|did not end' >&2; return 1; }
  done
}

cfg_check_netplan() {
  for cfg_program in /usr/libexec/netplan/generate /usr/lib/netplan/generate /lib/netplan/generate; do [ ! -x $cfg_program ] || break; done
  [ -x "$cfg_program" ] || return 0
  cfg_shadow . "$@" || return
  for cfg_place in /lib/netplan /run/netplan; do
    [ ! -d $cfg_place ] || { mkdir -p "$cfg_dir$cfg_place" && cp -a $cfg_place/. "$cfg_dir$cfg_place/"; } || return 2
  done
  cfg_judge "$cfg_program" --root-dir "$cfg_dir"
}

# systemd-networkd has no option for a check, and ignores what it does not understand; but it logs that when it starts, and so does
# udev for .link files. Both are started where they see the copy and cannot do anything: in namespaces of their own, without
# capabilities.
cfg_check_networkd() {
  command -v unshare >/dev/null 2>&1 && command -v setpriv >/dev/null 2>&1 && unshare -m -n true 2>/dev/null || return 0
  cfg_shadow . "$@" || return
  mkdir -p "$cfg_dir/run/netif" && : >"$cfg_dir/log" || return 2
  # shellcheck disable=SC2016 # for the other shell to expand
  cfg_apart='mount --make-rprivate / && mount --bind "$1" "$2" && mount --bind "$3" /run/systemd && shift 3 && exec setpriv "$@"'
  for cfg_program in /lib/systemd/systemd-networkd /usr/lib/systemd/systemd-networkd; do [ ! -x $cfg_program ] || break; done
  if [ -x "$cfg_program" ] && id -u systemd-network >/dev/null 2>&1; then
    chown systemd-network "$cfg_dir/run/netif" || return 2
    (
      cd / && SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_COLOR=0 SYSTEMD_LOG_LEVEL=info DBUS_SYSTEM_BUS_ADDRESS=unix:path=/nowhere exec timeout 30 unshare -m -n \
        sh -c "$cfg_apart" sh "$cfg_twin" "$cfg_root" "$cfg_dir/run" --reuid=systemd-network --regid=systemd-network --clear-groups --bounding-set=-all "$cfg_program"
    ) >"$cfg_dir/log" 2>&1 </dev/null &
    cfg_pid=$!
    while [ -d /proc/$cfg_pid ] && ! grep -q 'Enumeration completed' "$cfg_dir/log"; do sleep 0.1 2>/dev/null || sleep 1; done
    kill $cfg_pid 2>/dev/null
    wait $cfg_pid
  fi
  if command -v udevadm >/dev/null 2>&1; then
    (cd / && SYSTEMD_LOG_TARGET=console SYSTEMD_LOG_COLOR=0 timeout 30 unshare -m -n sh -c "$cfg_apart" sh "$cfg_twin" "$cfg_root" "$cfg_dir/run" \
      --bounding-set=-all udevadm test-builtin net_setup_link /sys/class/net/lo) >>"$cfg_dir/log" 2>&1 </dev/null
  fi
  cfg_said=$(cfg_faults "$@" | sort -u)
  [ -z "$cfg_said" ] || { printf '%s\n' "$cfg_said" >&2; return 1; }
}

# cfg_faults CHANGE…: the log's messages about the new files.
cfg_faults() {
  while [ $# -gt 0 ]; do
    case $1 in
      file) cfg_fault "$2";;
      tree) cfg_below=$2; shift 2; for cfg_name; do cfg_fault "$cfg_below/$cfg_name"; done; return;;
      link) shift;;
    esac
    shift 2
  done
}

# cfg_fault PATH: the log's messages about lines of a file that are not understood, or about a file that is ignored.
cfg_fault() { grep -F -e "$1" "$cfg_dir/log" | grep -E ':[0-9]+: |[Ii]gnoring' | grep -v -e obsolete -e deprecated -e legacy; }
