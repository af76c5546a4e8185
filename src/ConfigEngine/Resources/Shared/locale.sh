# cfg_locale NAME DEFAULT: a locale as NAME=VALUE lines: whether programs can use it, with which character set it can be made,
# whether it is listed in /etc/locale.gen, and, with DEFAULT (any text), the default. If the name cannot be made, the possible names
# follow.
cfg_locale() {
  if command -v locale-gen >/dev/null 2>&1; then echo generator=yes; fi
  if [ -z "$2" ]; then :
  elif command -v update-locale >/dev/null 2>&1 || command -v localectl >/dev/null 2>&1; then echo setter=yes; fi
  if cfg_has_locale "$1"; then echo available=yes; else echo available=no; fi
  cfg_set='' cfg_known=/usr/share/i18n/SUPPORTED cfg_in=no
  if [ -r "$cfg_known" ]; then
    while read -r cfg_name cfg_value _; do [ "$cfg_name" != "$1" ] || { cfg_set=$cfg_value; break; }; done <"$cfg_known"
    if [ -n "$cfg_set" ]; then printf 'charset=%s\n' "$cfg_set"
    else printf 'known=%s\n' "$(sed -n 's/^\([A-Za-z0-9_.@-][A-Za-z0-9_.@-]*\) .*/\1/p' "$cfg_known" | tr '\n' ' ')"; fi
  fi
  if [ -r /etc/locale.gen ]; then
    while read -r cfg_name cfg_value _ || [ -n "$cfg_name" ]; do [ "$cfg_name" != "$1" ] || cfg_in=yes; done </etc/locale.gen
  fi
  printf 'listed=%s\n' $cfg_in
  [ -n "$2" ] || return 0
  for cfg_file in /etc/default/locale /etc/locale.conf; do
    [ ! -r "$cfg_file" ] || { printf 'default=%s\n' "$(sed -n 's/^[[:space:]]*\(export[[:space:]][[:space:]]*\)\{0,1\}LANG=["'\'']\{0,1\}\([^"'\'']*\).*/\2/p' "$cfg_file" | tail -n 1)"; break; }
  done
}

# cfg_has_locale NAME: whether a program can use it. locale(1) complains if not; its list of locales has some under other names.
cfg_has_locale() { cfg_said=$(LC_ALL=$1 locale charmap 2>&1 >/dev/null) && [ -z "$cfg_said" ]; }

# cfg_list_locale NAME CHARSET: adds a locale to those that locale-gen makes (locale.gen(5)).
cfg_list_locale() {
  cfg_was=''
  if [ -r /etc/locale.gen ]; then cfg_was=$(cat /etc/locale.gen) || return; fi
  printf '%s%s %s\n' "${cfg_was:+$cfg_was
}" "$1" "$2" | cfg_write /etc/locale.gen '' '' '' ''
}

# cfg_make_locale NAME: makes the locales that /etc/locale.gen lists and that do not exist yet. For one that it cannot make,
# locale-gen only prints a message.
cfg_make_locale() {
  cfg_touch && cfg_made=$(locale-gen --keep-existing 2>&1) && cfg_has_locale "$1" || { printf '%s\n' "$cfg_made" "$cfg_said" >&2; return 1; }
}

# cfg_default_locale NAME: sets the system's default locale, with the tool of the system.
cfg_default_locale() {
  cfg_touch || return
  if command -v update-locale >/dev/null 2>&1; then update-locale "LANG=$1"; else localectl set-locale "LANG=$1"; fi
}
