# cfg_archive PATH OWNER GROUP CREATES TOOL...: the answer of cfg_path for a directory, and then one line each: the tools that are
# missing (curl stands for wget as well); whether CREATES exists; and, where CREATES is empty, which archive the directory came
# from, and which files of it are missing, changed or added. At most 200 lines of a kind; the others are counted.
cfg_archive() {
  cfg_at=$1 cfg_creates=$4 cfg_goes=
  if [ -e "$1" ] || [ -L "$1" ]; then cfg_goes=goes; fi
  cfg_path "$1" - -1 "$2" "$3" $cfg_goes || return
  shift 4
  for cfg_tool; do
    case $cfg_tool in
      curl) command -v curl >/dev/null 2>&1 || command -v wget >/dev/null 2>&1;;
      # The unzip of busybox cannot tell what is in an archive.
      unzip) unzip -v 2>/dev/null | grep -q Info-ZIP;;
      *) command -v "$cfg_tool" >/dev/null 2>&1;;
    esac || printf 'tool %s\n' "$cfg_tool"
  done
  [ -d "$cfg_at" ] && ! [ -L "$cfg_at" ] || return 0
  if [ -n "$cfg_creates" ]; then
    if [ -e "$cfg_at/$cfg_creates" ] || [ -L "$cfg_at/$cfg_creates" ]; then echo created; return; fi
  fi
  cfg_file=$cfg_at/.cfg-archive cfg_line=
  if [ -f "$cfg_file" ] && ! [ -L "$cfg_file" ]; then
    case $(stat -c %u -- "$cfg_file") in 0|"$(id -u)") read -r cfg_line <"$cfg_file";; esac
  fi
  case $cfg_line in
    'archive sha'*)
      printf '%s\n' "$cfg_line"
      [ -z "$cfg_creates" ] || return 0
      cfg_list=$(cd -P -- "$cfg_at" && cfg_unpacked 2>/dev/null)
      # A file in one list only is printed once when the other list is read twice.
      for cfg_sort in lost new; do
        {
          sed 1d "$cfg_file"; printf '%s\n' "$cfg_list"
          if [ $cfg_sort = lost ]; then printf '%s\n' "$cfg_list"; else sed 1d "$cfg_file"; fi
        } | sort | uniq -u | sed -n "s/^[a-z ]*|[0-7]*|[0-9]*|[0-9]*|[0-9]*|[0-9]*|\.\/\(.*\)/$cfg_sort \1/p" | { head -n 200; cfg_more=$(wc -l); [ "$cfg_more" -eq 0 ] || printf 'more %s %s\n' $cfg_sort "$cfg_more"; }
      done;;
    *) if [ -z "$(ls -A -- "$cfg_at")" ]; then echo empty; else echo other; fi;;
  esac
}

# cfg_unpacked: one line for each file in the working directory, except the archive's note, with values that show whether it was
# changed.
cfg_unpacked() {
  find . -xdev -mindepth 1 ! -path ./.cfg-archive -exec stat -c '%F|%a|%u|%g|%s|%Y|%n' {} + | sed 's/^\(directory|[^|]*|[^|]*|[^|]*\)|[^|]*|[^|]*|/\1|0|0|/' | sort
}

# cfg_unpack PATH FORM STRIP OWNER GROUP LIMIT CHECKSUM URL: replaces a directory with the contents of an archive, from URL or from
# standard input, as a whole or not at all. The archive is unpacked beside the directory, where no other user can enter, and
# checked; only then does it replace the directory.
cfg_unpack() (
  cfg_name=${1##*/} cfg_parent=${1%/*} cfg_form=$2 cfg_strip=$3 cfg_limit=$6 cfg_checksum=$7 cfg_url=$8
  cfg_stage "${cfg_parent:-/}"
  # No file may be larger than the limit for all files; in blocks of 512 bytes (ulimit in POSIX).
  ulimit -f $((cfg_limit / 512 + 2097152)) 2>/dev/null || :
  if [ -n "$cfg_url" ]; then cfg_fetch "$cfg_url"; else cat; fi >archive
  (cfg_new=./archive && cfg_is_it) || exit
  mkdir all tree || exit
  cfg_listed || exit
  if [ "$cfg_form" = zip ]; then unzip -q -o archive -d all </dev/null >&2 || [ $? = 1 ] || exit
  else cfg_raw | tar -x --no-same-permissions -o -f - -C all || exit; fi
  rm -f archive
  cfg_stripped || exit
  (cd -P tree && cfg_finished "$4" "$5") || exit
  cfg_held=$(cfg_mounts_in "$(cd -P .. && pwd -P)" "$cfg_name") && cfg_unmounted "$cfg_held" && cfg_touch || exit
  if [ -L "../$cfg_name" ] || ! [ -e "../$cfg_name" ]; then mv -T -- ./tree "../$cfg_name"
  elif mv --exchange -T -- ./tree "../$cfg_name" 2>/dev/null; then :
  else
    mv -T -- "../$cfg_name" ./old && { mv -T -- ./tree "../$cfg_name" || { mv -T -- ./old "../$cfg_name"; exit 1; }; }
  fi
)

# cfg_finished OWNER GROUP: checks the unpacked files in the working directory, sets their owner and modes, and notes which archive
# they are from.
cfg_finished() {
  cfg_is_within || return
  find . ! -type l -exec chmod u+rwX,go-w,u-s,g-s,o-t {} + || return
  [ -z "$1$2" ] || find . -exec chown -h "$1${2:+:$2}" {} + || return
  cfg_old=$(stat -c '%F %u:%g %a' -- "../../$cfg_name" 2>/dev/null)
  case $cfg_old in
    'directory '*)
      cfg_old=${cfg_old#* }
      [ -n "$1$2" ] || chown "${cfg_old% *}" . || return
      chmod "00${cfg_old#* }" . || return;;
  esac
  { printf 'archive %s %s\n' "$cfg_checksum" "$cfg_strip" && cfg_unpacked; } >.cfg-archive && chmod 644 .cfg-archive || return
  sync -f . 2>/dev/null || sync
}

# cfg_raw: the archive without its compression, cut off at the size limit.
cfg_raw() {
  case $cfg_form in
    tar) cat archive;;
    gz) gzip -dc <archive;;
    bz2) bzip2 -dc <archive;;
    xz) xz -dc <archive;;
    zst) zstd -dcq <archive;;
  esac | head -c $((cfg_limit + 1073741824))
}

# cfg_bad NAME WHY: prints why an archive is refused.
cfg_bad() { printf 'the archive is refused, and nothing was unpacked: %s %s\n' "$1" "$2" >&2; exit 1; }

# cfg_listed: checks the archive's list of files before any of them is written. A name with a line end is checked line by line.
cfg_listed() {
  if [ "$cfg_form" = zip ]; then unzip -Z1 archive
  else cfg_raw | TAR_OPTIONS=--quoting-style=literal tar -t -f -; fi >names 2>said || { cat said >&2; return 1; }
  ! cfg_odd=$(tr '\134' / <names | grep -m 1 -E '^/|(^|/)\.\.(/|$)') || cfg_bad "$cfg_odd" 'leads out of the directory'
  # The tar of busybox removes parts that lead out of the directory, and says so.
  ! cfg_odd=$(grep -m 1 -i 'removing leading' said) || cfg_bad it "has names that lead out of the directory ($cfg_odd)"
  [ "$(wc -l <names)" -le 1000000 ] || cfg_bad "it" "has more than 1000000 entries"
  if [ "$cfg_form" = zip ]; then
    unzip -Z -l archive | sed -n '/^[bcdhlpsCDLS?-][rwx-]/p' | while read -r cfg_mode _ cfg_os cfg_size _ _ _ _ _ cfg_file; do
      # For archives of other systems, the letters mean something else.
      [ "$cfg_os" = unx ] || cfg_mode=-
      echo "$cfg_mode $cfg_size $cfg_file"
    done
  else
    cfg_raw | TAR_OPTIONS=--quoting-style=literal tar -t -v --numeric-owner -f - | while read -r cfg_mode _ cfg_size _ _ cfg_file; do echo "$cfg_mode $cfg_size $cfg_file"; done
  fi >names || return
  cfg_total=0
  while read -r cfg_mode cfg_size cfg_file; do
    case $cfg_mode in
      [bcps][r-][w-]*) cfg_bad "$cfg_file" 'is a device, a pipe or a socket';;
      ???[sS]*|??????[sS]*) cfg_bad "$cfg_file" 'has a set-user-ID or set-group-ID bit';;
      # Some zip files record only the mode of a file.
      [dhl?-][r-][w-]*|-) ;;
      *) cfg_bad "$cfg_mode $cfg_file" 'is no file, directory or link';;
    esac
    case $cfg_size in ''|*[!0-9]*) cfg_size=0;; esac
    cfg_total=$((cfg_total + cfg_size))
    [ "$cfg_total" -le "$cfg_limit" ] || cfg_bad it "is larger than $cfg_limit bytes when it is unpacked (MaxSize)"
  done <names
  rm -f names said
}

# cfg_stripped: moves the files in ./all to ./tree, without the first leading directories.
cfg_stripped() {
  # shellcheck disable=SC2016 # for the other shell to expand
  find all -mindepth $((cfg_strip + 1)) -maxdepth $((cfg_strip + 1)) -exec sh -c '
    for cfg_file; do
      cfg_to=tree/${cfg_file##*/}
      if [ -e "$cfg_to" ] || [ -L "$cfg_to" ]; then printf "the archive is refused, and nothing was unpacked: without its leading directories, it has %s twice\n" "${cfg_file##*/}" >&2; exit 1; fi
      mv -- "$cfg_file" "$cfg_to" || exit
    done' sh {} + || return
  [ -n "$(ls -A tree)" ] || cfg_bad it "has nothing below $cfg_strip leading directories"
  rm -rf all
}

# cfg_is_within: checks the unpacked files in the working directory: no name that a list could not hold, no note of ours, no link
# out of it.
cfg_is_within() {
  cfg_odd=$(find . -name '*[[:cntrl:]]*' | head -n 1 | tr '[:cntrl:]' '?')
  [ -z "$cfg_odd" ] || cfg_bad "${cfg_odd#./}" 'has a control character in its name'
  ! [ -e .cfg-archive ] && ! [ -L .cfg-archive ] || cfg_bad .cfg-archive 'is the name of a note of this tool'
  cfg_odd=$(find . ! -type f ! -type d ! -type l | head -n 1)
  [ -z "$cfg_odd" ] || cfg_bad "${cfg_odd#./}" 'is a device, a pipe or a socket'
  cfg_odd=$(find . -type f -links +1 -exec stat -c '%i %h' {} + | sort | uniq -c | while read -r cfg_here cfg_inode cfg_names; do [ "$cfg_here" = "$cfg_names" ] || echo "$cfg_inode"; done | head -n 1)
  [ -z "$cfg_odd" ] || cfg_bad "$(find . -inum "$cfg_odd" | head -n 1)" 'is a hard link to what is not in it'
  find . -type l >../links || return
  cfg_root=$(pwd -P)
  while IFS= read -r cfg_file; do
    cfg_target=$(readlink "$cfg_file") || return
    case $cfg_target in /*) cfg_bad "${cfg_file#./}" "is a link out of the directory, to $cfg_target";; esac
    cfg_real=$(readlink -m -- "$cfg_file" 2>/dev/null || readlink -f -- "$cfg_file")
    case $cfg_real in "$cfg_root"|"$cfg_root"/*) ;; *) cfg_bad "${cfg_file#./}" "is a link out of the directory, to $cfg_target";; esac
    cfg_stays_below "${cfg_file%/*}/$cfg_target" || cfg_bad "${cfg_file#./}" "is a link out of the directory, to $cfg_target"
  done <../links
}

# cfg_stays_below PATH: whether a path never leaves the directory where it starts, judged by its text alone, because the directory
# is not yet at its final place.
cfg_stays_below() {
  cfg_left=$1/ cfg_depth=0
  while [ -n "$cfg_left" ]; do
    case ${cfg_left%%/*} in
      ''|.) ;;
      ..) cfg_depth=$((cfg_depth - 1)); [ $cfg_depth -ge 0 ] || return 1;;
      *) cfg_depth=$((cfg_depth + 1));;
    esac
    cfg_left=${cfg_left#*/}
  done
}
