# cfg_nfs_export PATH FILE: a directory that NFS serves. NAME=VALUE lines: whether it is there (yes, no, or silent, where a dead mount does
# not answer); another file that exports it, too; and to whom it is served now, as CLIENT(OPTIONS) with a space between them. A line
# "file", and what is at the path of its own file, come after that.
cfg_nfs_export() {
  timeout -k 2 10 test -d "$1" && cfg_there=yes || case $? in 1) cfg_there=no;; *) cfg_there=silent;; esac
  printf 'there=%s\n' "$cfg_there"
  cfg_nfs_served "$1" "$2"
  echo file
  cfg_with_directory cfg_path "$2" '?' 65536 root root
}

# cfg_nfs_served PATH FILE: the lines about other files, and about what is served. etab has what exportfs(8) told the kernel, with spaces
# as the kernel escapes them; exports(5) has a path with spaces in quotes.
cfg_nfs_served() {
  cfg_spelt=$(cfg_escaped "$1") cfg_others='' cfg_served=''
  for cfg_other in /etc/exports /etc/exports.d/*.exports; do
    if [ ! -e "$cfg_other" ] || [ "$cfg_other" = "$2" ]; then continue; fi
    ! awk -v plain="$1" -v spelt="$cfg_spelt" '
      { line = $0; sub(/^[ \t]+/, "", line) }
      index(line, "\"" plain "\"") == 1 || index(line " ", plain " ") == 1 || index(line, plain "\t") == 1 || index(line, spelt " ") == 1 { found = 1 }
      END { exit !found }' "$cfg_other" || cfg_others=$cfg_other
  done
  ! [ -r /var/lib/nfs/etab ] ||
    cfg_served=$(awk -F '\t' -v path="$cfg_spelt" '$1 == path { printf "%s ", $2 }' /var/lib/nfs/etab)
  printf 'other=%s\nserved=%s\n' "$cfg_others" "${cfg_served% }"
}

# cfg_no_nfs_export PATH FILE: to whom it is served now, and what is at the path of its file.
cfg_no_nfs_export() {
  cfg_nfs_served "$1" "$2"
  echo file
  cfg_path "$2" - 0 '' '' goes
}

# cfg_nfs_reload: has the kernel serve what the files say, and nothing else.
cfg_nfs_reload() { ! command -v exportfs >/dev/null 2>&1 || timeout 60 exportfs -ra; }
