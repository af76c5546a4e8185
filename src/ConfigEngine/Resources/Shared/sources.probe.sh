# cfg_elsewhere FILE PREFIX INDEX…: the files, other than FILE, from which apt fetches one of these indexes. apt reads files slowly,
# so it gets only those that contain the beginning of the indexes.
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

# cfg_apt_source FILE KEYFILE LENGTH TRY: standard input is the key of a repository, LENGTH bytes long, and then its file for apt,
# without the line that names the key. Both are moved to their places; with TRY, only after apt could fetch the index with them.
cfg_apt_source() {
  cfg_dir=$(mktemp -d) || return
  trap 'rm -rf -- "$cfg_dir"' EXIT
  case $2 in *.gpg) cfg_key=$cfg_dir/key.gpg;; *) cfg_key=$cfg_dir/key.asc;; esac
  chmod 0755 "$cfg_dir" && cat >"$cfg_dir/all" && head -c "$3" "$cfg_dir/all" >"$cfg_key" && tail -c "+$(($3 + 1))" "$cfg_dir/all" >"$cfg_dir/stanza" || return
  if [ -n "$4" ]; then cfg_apt_try "$2" || return; fi
  if [ -n "$2" ]; then
    { [ -d /etc/apt/keyrings ] || mkdir -m 0755 /etc/apt/keyrings; } && cfg_write "$2" root root 0644 '' <"$cfg_key" && printf 'Signed-By: %s\n' "$2" >>"$cfg_dir/stanza" || return
  fi
  cfg_write "$1" root root 0644 '' <"$cfg_dir/stanza"
}

# cfg_apt_try KEYFILE: whether apt can fetch the index of the repository in $cfg_dir, and only that. The fetched index is valid for
# the final file too, because lists are named by URI. The time of the last success stays, because one index says nothing about the
# age of the others. apt exits with 0 even if a file could not be fetched (apt-get(8)), so its output counts as well.
cfg_apt_try() {
  cp "$cfg_dir/stanza" "$cfg_dir/try.sources" || return
  [ -z "$1" ] || printf 'Signed-By: %s\n' "$cfg_key" >>"$cfg_dir/try.sources" || return
  cfg_stamp=/var/lib/apt/periodic/update-success-stamp cfg_exit=0
  [ ! -e "$cfg_stamp" ] || cp -p "$cfg_stamp" "$cfg_dir/stamp" || return
  cfg_apt_locks 600 || return
  timeout -k 10 240 apt-get -q update -o "Dir::Etc::sourcelist=$cfg_dir/try.sources" -o Dir::Etc::sourceparts=/dev/null -o APT::Get::List-Cleanup=0 \
    -o APT::Update::Error-Mode=any -o Acquire::Retries=1 -o Acquire::http::Timeout=30 >"$cfg_dir/said" 2>&1 || cfg_exit=$?
  if [ -e "$cfg_dir/stamp" ]; then touch -r "$cfg_dir/stamp" "$cfg_stamp"; else rm -f "$cfg_stamp"; fi
  cat "$cfg_dir/said"
  if [ $cfg_exit != 0 ] || grep -q -e '^E: ' -e '^W: Failed' -e 'component misspelt' "$cfg_dir/said"; then
    echo 'its index cannot be fetched with that; its files stay as they were' >&2
    return 1
  fi
}
