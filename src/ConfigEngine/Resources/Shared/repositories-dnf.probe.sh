# cfg_dnf_elsewhere FILE ID: the files, other than FILE, that have a repository with this id.
cfg_dnf_elsewhere() {
  cfg_found=
  for cfg_file in /etc/yum.repos.d/*.repo /etc/dnf/dnf.conf; do
    [ "$cfg_file" != "$1" ] && [ -f "$cfg_file" ] && grep -qxF -e "[$2]" -- "$cfg_file" || continue
    cfg_found="$cfg_found $cfg_file"
  done
  printf 'elsewhere%s\n' "$cfg_found"
}

# cfg_dnf_source ID KEYFILE LENGTH TRY: standard input is the key of a repository, LENGTH bytes long, and then its file for dnf,
# without the line that names the key. Both are moved to their places; with TRY, only after dnf could fetch the index with them,
# into a cache of its own. dnf's old index of a repository with this id is removed, and so are the keys that dnf accepted for it.
cfg_dnf_source() {
  cfg_id=$1 cfg_dir=$(mktemp -d) || return
  trap 'rm -rf -- "$cfg_dir"' EXIT
  mkdir "$cfg_dir/repos" && cat >"$cfg_dir/all" && head -c "$3" "$cfg_dir/all" >"$cfg_dir/key" && tail -c "+$(($3 + 1))" "$cfg_dir/all" >"$cfg_dir/repo" || return
  cfg_dnf_wait || return
  if [ -n "$4" ]; then
    cp "$cfg_dir/repo" "$cfg_dir/repos/try.repo" && { [ -z "$2" ] || printf 'gpgkey=file://%s\n' "$cfg_dir/key" >>"$cfg_dir/repos/try.repo"; } || return
    cfg_dnf_fetch "$cfg_dir/cache" "--setopt=reposdir=$cfg_dir/repos" "--setopt=cachedir=$cfg_dir/cache" || {
      echo 'its index cannot be fetched with that; its files stay as they were' >&2
      return 1
    }
  fi
  cfg_touch || return
  if [ -n "$2" ]; then
    mkdir -p /etc/pki/rpm-gpg && cfg_write "$2" root root 0644 '' <"$cfg_dir/key" && printf 'gpgkey=file://%s\n' "$2" >>"$cfg_dir/repo" || return
  fi
  mkdir -p /etc/yum.repos.d && cfg_write "/etc/yum.repos.d/$cfg_id.repo" root root 0644 '' <"$cfg_dir/repo" || return
  rm -rf -- "/var/cache/dnf/$cfg_id"-????????????????
  [ -z "$4" ] || cfg_dnf_fetch /var/cache/dnf
}

# cfg_dnf_fetch CACHE OPTIONS…: fetches only the index of the repository $cfg_id.
cfg_dnf_fetch() {
  cfg_cache=$1 cfg_exit=0; shift
  timeout -k 10 240 dnf -y makecache "--repo=$cfg_id" "$@" --setopt=*.skip_if_unavailable=False --setopt=*.retries=2 --setopt=*.timeout=30 </dev/null || cfg_exit=$?
  cfg_dnf_agents "$cfg_cache"
  return "$cfg_exit"
}
