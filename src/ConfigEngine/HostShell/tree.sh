# cfg_tree ROOT OWNER GROUP EXPECTED KNOWN PURGE NAME...: what the directory itself is; a letter for each name; a line of
# stat's and, for files, one of sha256sum's; the content of small files with other digests than the known ones; all names
# and where something is mounted below it, where it is to be purged. Names are never taken from lines: they may hold line ends.
cfg_tree() {
  cfg_root=$1 cfg_expected=$4 cfg_known=$5 cfg_purge=$6
  cfg_path "$1" - 0 "$2" "$3" || return
  shift 6
  if [ -L "$cfg_root" ] || [ ! -d "$cfg_root" ]; then return 0; fi
  for cfg_f; do
    cfg_f=$cfg_root/$cfg_f
    if [ -L "$cfg_f" ]; then printf l; elif [ -f "$cfg_f" ]; then printf f; elif [ -d "$cfg_f" ]; then printf d; elif [ -e "$cfg_f" ]; then printf o; else printf -- -; fi
  done
  echo
  for cfg_f; do
    if [ -e "$cfg_root/$cfg_f" ] || [ -L "$cfg_root/$cfg_f" ]; then printf '%s\0' "$cfg_root/$cfg_f"; fi
  done | xargs -0 -r stat -c '%a|%U|%G|%u|%g|%s|%n' -- || return
  cfg_sums=$(for cfg_f; do
    if [ -f "$cfg_root/$cfg_f" ] && [ ! -L "$cfg_root/$cfg_f" ]; then printf '%s\0' "$cfg_root/$cfg_f"; fi
  done | xargs -0 -r sha256sum --) || return
  printf '%s\n' "$cfg_sums"
  if [ "$(printf '%s\n' "$cfg_sums" | cfg_digest)" != "$cfg_expected" ]; then
    cfg_list=$(mktemp) || return
    printf '%s\n' "$cfg_sums" >"$cfg_list"
    # shellcheck disable=SC2086 # a list of digests
    cfg_odd=" $(printf '%s\n' $cfg_known | grep -n -v -F -f - "$cfg_list" | head -n 40 | sed 's/:.*//' | tr '\n' ' ')"
    rm -f "$cfg_list"
    cfg_n=0
    for cfg_f; do
      cfg_f=$cfg_root/$cfg_f
      if [ -f "$cfg_f" ] && [ ! -L "$cfg_f" ]; then
        cfg_n=$((cfg_n + 1))
        case $cfg_odd in *" $cfg_n "*)
          cfg_size=$(stat -c %s -- "$cfg_f")
          if [ "$cfg_size" -le 65536 ]; then
            printf 'content %s\n' "$cfg_size"
            cat <"$cfg_f" || return
            echo
          fi;;
        esac
      fi
    done
  fi
  [ -n "$cfg_purge" ] || return 0
  echo all
  cfg_real=$(cd -P -- "$cfg_root" && pwd -P) && cfg_held=$(cfg_mounts_in "$cfg_real") || return
  [ -z "$cfg_held" ] || printf 'at %s\n%s\n\n' "$(cfg_escaped "$cfg_real")" "$cfg_held"
  find "$cfg_root" -xdev -mindepth 1 -print0
}
