# The reasons why this host needs a reboot. The output does not change by itself. A container boots no kernel, so kernels do not
# count there.
for cfg_file in /run/reboot-required /run/reboot-needed; do
  [ ! -e "$cfg_file" ] || printf 'flag=%s\n' "$cfg_file"
done
if [ -f /run/reboot-required.pkgs ]; then
  while IFS= read -r cfg_line || [ -n "$cfg_line" ]; do [ -z "$cfg_line" ] || printf 'package=%s\n' "$cfg_line"; done </run/reboot-required.pkgs
fi
if [ -r /proc/1/maps ]; then
  while read -r cfg_range cfg_mode cfg_offset cfg_dev cfg_inode cfg_path; do
    case $cfg_path in /lib*' (deleted)'|/usr/lib*' (deleted)') printf 'library=%s\n' "${cfg_path% (deleted)}";; esac
  done </proc/1/maps | uniq
fi
# Packages that take effect only after a boot, as in dnf-needs-restarting(8), --reboothint, and in its files. They count if they
# were installed after the first process began. On a machine that is the boot; a container has a start of its own, given in
# hundredths of a second since the boot.
cfg_rpmdb=
for cfg_file in /var/lib/rpm /usr/lib/sysimage/rpm; do
  for cfg_name in rpmdb.sqlite Packages.db Packages; do [ ! -e "$cfg_file/$cfg_name" ] || cfg_rpmdb=$cfg_file; done
done
if [ -n "$cfg_rpmdb" ] && command -v rpm >/dev/null 2>&1 && IFS= read -r cfg_line </proc/1/stat; then
  cfg_line=${cfg_line##*) } cfg_more=
  for cfg_file in /etc/dnf/plugins/needs-restarting.d/*.conf; do
    [ ! -f "$cfg_file" ] || while IFS= read -r cfg_name || [ -n "$cfg_name" ]; do
      case $cfg_name in ''|*[!A-Za-z0-9+._-]*) ;; *) cfg_more="$cfg_more $cfg_name";; esac
    done <"$cfg_file"
  done
  while read -r cfg_name cfg_value; do
    # shellcheck disable=SC2086 # words
    case $cfg_name in btime) set -- $cfg_line; cfg_began=$((cfg_value + ${20} / 100));; esac
  done </proc/stat
  # shellcheck disable=SC2086 # names of packages
  rpm -q --qf '%{INSTALLTIME} %{NAME}\n' kernel kernel-core kernel-PAE kernel-rt kernel-smp kernel-xen linux-firmware microcode_ctl glibc dbus dbus-broker \
    dbus-daemon hal systemd udev gnutls openssl-libs $cfg_more | while read -r cfg_value cfg_name; do
    case $cfg_value in *[!0-9]*) ;; *) [ "$cfg_value" -le "$cfg_began" ] || printf 'updated=%s\n' "$cfg_name";; esac
  done
fi
[ ! -e /run/systemd/container ] && [ ! -e /.dockerenv ] && [ ! -e /run/.containerenv ] || exit 0
cfg_running=$(uname -r) || exit
printf 'running=%s\n' "$cfg_running"
for cfg_file in /lib/modules/*/kernel /boot/vmlinuz-[0-9]*; do
  [ -e "$cfg_file" ] || continue
  cfg_file=${cfg_file%/kernel}; cfg_file=${cfg_file#/boot/vmlinuz-}
  printf 'kernel=%s\n' "${cfg_file##*/}"
done
cfg_file=/var/lib/dpkg/info/linux-image-$cfg_running.list
if [ -f "$cfg_file" ]; then
  while read -r cfg_name cfg_value; do
    case $cfg_name in btime) [ "$(stat -c %Y "$cfg_file")" -le "$cfg_value" ] || echo replaced=yes;; esac
  done </proc/stat
fi
