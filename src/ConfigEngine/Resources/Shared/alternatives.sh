# cfg_alternative NAME PATH: which of several programs a name stands for, as NAME=VALUE lines: the status (auto, manual or absent), the
# path, and whether that other path is one of those to choose from, and exists. dpkg and rpm keep this in files of the same form.
cfg_alternative() {
  cfg_file=
  for cfg_dir in /var/lib/dpkg/alternatives /var/lib/alternatives; do [ ! -e "$cfg_dir/$1" ] || cfg_file=$cfg_dir/$1; done
  if [ -n "$cfg_file" ]; then
    read -r cfg_status <"$cfg_file"
    printf 'status=%s\nvalue=%s\n' "$cfg_status" "$(readlink "/etc/alternatives/$1")"
    if grep -qxF -e "$2" "$cfg_file"; then echo known=yes; else echo known=no; fi
  else printf 'status=absent\nvalue=\nknown=no\n'; fi
  if [ -e "$2" ]; then echo there=yes; else echo there=no; fi
}
