# Why this host asks for a reboot. Prints nothing that changes by itself. A container boots no kernel of its own, so none counts there.
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
