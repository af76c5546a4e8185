# cfg_firewall FAMILY NAME DIGEST: a table of nftables. NAME=VALUE lines: whether the kernel has it as its file says (yes, no, absent);
# whether /etc/nftables.conf includes the directory of that file; and whether nftables.service, which loads that at boot, is enabled.
# A line "file", and what is at the path of the file, come after that.
cfg_firewall() {
  cfg_file=/etc/nftables.d/$1-$2.nft cfg_was=''
  cfg_is=$(cfg_firewall_live "$1" "$2") || return
  if [ -e "$cfg_file" ]; then
    cfg_record=$(cfg_firewall_records "$1" "$2")/$(cfg_digest <"$cfg_file")
    [ ! -e "$cfg_record" ] || read -r cfg_was <"$cfg_record"
  fi
  if [ -z "$cfg_is" ]; then echo loaded=absent
  elif [ "$cfg_is" = "$cfg_was" ]; then echo loaded=yes
  else echo loaded=no; fi
  if grep -qsE '^[[:space:]]*include[[:space:]]+"/etc/nftables\.d/(\*|\*\.nft)"' /etc/nftables.conf /etc/sysconfig/nftables.conf
  then echo included=yes; else echo included=no; fi
  if systemctl -q is-enabled nftables.service 2>/dev/null; then echo enabled=yes; else echo enabled=no; fi
  echo file
  cfg_with_directory cfg_path "$cfg_file" "$3" 1048576 root root
}

# cfg_firewall_live FAMILY NAME: the digest of a live table, or nothing where there is none. What packets change is left out: counters,
# and the elements of sets that rules add to.
cfg_firewall_live() {
  cfg_said=$(nft -s list table "$1" "$2" 2>&1) || case $cfg_said in
    *'No such file or directory'*) return 0;;
    *) printf '%s\n' "$cfg_said" >&2; return 1;;
  esac
  printf '%s\n' "$cfg_said" | awk '
    /^\t(set|map) / { changes = 0 }
    /^\t\tflags .*(dynamic|timeout)/ { changes = 1 }
    /^\t}/ { changes = 0 }
    /^\t\telements = / && changes { out = 1 }
    !out
    /}/ { out = 0 }' | cfg_digest
}

# cfg_firewall_records FAMILY NAME: the directory in which the digests of a table as it was loaded are, each by the digest of the file that
# it was loaded from. The kernel lists a table in words of its own, so that these two cannot be compared with each other. The older ones
# are for a file that is put back.
cfg_firewall_records() { printf '%s/firewall/%s-%s' "${CFG_RECORDS:-/var/lib/configengine}" "$1" "$2"; }

# cfg_firewall_load FAMILY NAME: loads the file of a table, in one step: there is no moment without the table.
cfg_firewall_load() {
  cfg_file=/etc/nftables.d/$1-$2.nft
  nft -f "$cfg_file" || return
  cfg_records=$(cfg_firewall_records "$1" "$2")
  (umask 077; mkdir -p -- "$cfg_records") || return
  for cfg_record in "$cfg_records"/*; do
    # Those of the last ten minutes may be needed again.
    [ -z "$(find "$cfg_record" -mmin +10 2>/dev/null)" ] || rm -f -- "$cfg_record"
  done
  cfg_firewall_live "$1" "$2" >"$cfg_records/$(cfg_digest <"$cfg_file")"
}

# cfg_no_firewall FAMILY NAME: whether the kernel has a table; and what is at the path of its file.
cfg_no_firewall() {
  cfg_is=
  if command -v nft >/dev/null 2>&1; then cfg_is=$(cfg_firewall_live "$1" "$2") || return; fi
  printf 'live=%s\nfile\n' "${cfg_is:+yes}"
  cfg_path "/etc/nftables.d/$1-$2.nft" - 0 '' '' goes
}

# cfg_firewall_gone FAMILY NAME: takes a table out of the kernel.
cfg_firewall_gone() {
  nft delete table "$1" "$2" || return
  rm -rf -- "$(cfg_firewall_records "$1" "$2")"
}
