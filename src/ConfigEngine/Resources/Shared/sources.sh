# cfg_elsewhere FILE PREFIX INDEX…: the files, other than FILE, that have one of these indexes among what apt fetches for them. Only those
# that mention what the indexes begin with are read by apt itself, which is slow.
cfg_elsewhere() {
  cfg_own=$1 cfg_prefix=$2 cfg_found=; shift 2
  for cfg_file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    [ "$cfg_file" != "$cfg_own" ] && [ -f "$cfg_file" ] && grep -qF -e "$cfg_prefix" -- "$cfg_file" || continue
    cfg_uris=$(apt-get -q --print-uris update -o "Dir::Etc::sourcelist=$cfg_file" -o Dir::Etc::sourceparts=/dev/null 2>/dev/null) || continue
    for cfg_index; do
      case $cfg_uris in *"'$cfg_index/InRelease'"*) cfg_found="$cfg_found $cfg_file"; break;; esac
    done
  done
  printf 'elsewhere%s\n' "$cfg_found"
}
