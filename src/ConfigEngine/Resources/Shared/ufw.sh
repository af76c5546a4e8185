# cfg_ufw: whether ufw(8) is enabled, whether it is for IPv6 too, and its rules, each with its family before it. ufw keeps a rule as it
# was given in a comment of its own.
cfg_ufw() {
  if grep -qsi '^ENABLED=yes' /etc/ufw/ufw.conf; then echo enabled=yes; else echo enabled=no; fi
  if grep -qsi '^IPV6=yes' /etc/default/ufw; then echo ipv6=yes; else echo ipv6=no; fi
  sed -n 's/^### tuple ### /4 /p' /etc/ufw/user.rules && sed -n 's/^### tuple ### /6 /p' /etc/ufw/user6.rules
}

# cfg_no_ufw: the same; nothing where there is no ufw.
cfg_no_ufw() { if command -v ufw >/dev/null 2>&1; then cfg_ufw; else printf 'enabled=no\nipv6=no\n'; fi; }

# cfg_ufw_add COMMENT ACTION WORD...: adds a rule, or changes what becomes of the packets of one that is there.
cfg_ufw_add() {
  cfg_comment=$1
  shift
  if [ -n "$cfg_comment" ]; then ufw "$@" comment "$cfg_comment" >/dev/null; else ufw "$@" >/dev/null; fi
}

# cfg_ufw_delete ACTION WORD...: deletes a rule, of both families.
cfg_ufw_delete() { ufw --force delete "$@" >/dev/null; }
