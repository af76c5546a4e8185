# cfg_on_it PATH: what is on a device or in an image, by its signature (blkid(8)), as type=, label= and table= lines; none where
# nothing is known there. Without a signature blkid exits with 2; with several, which is no better than something unknown, with 8.
cfg_on_it() {
  cfg_exit=0
  cfg_said=$(timeout 20 blkid -p -o export -- "$1") || cfg_exit=$?
  case $cfg_exit in
    0) printf '%s\n' "$cfg_said" | sed -n 's/^TYPE=/type=/p; s/^LABEL=/label=/p; s/^PTTYPE=/table=/p';;
    2) ;;
    8) echo type=several;;
    *) printf 'blkid cannot read %s\n' "$1" >&2; return 1;;
  esac
}

# cfg_ours_alone PATH: enters the directory of a path, in which no other user may write.
cfg_ours_alone() {
  cfg_keeps "$1" || { printf 'others can write the directory of %s, so nothing is made there by name\n' "$1" >&2; return 1; }
}

# cfg_room PATH BYTES: whether the directory of a path exists, and whether its disk has room for that much; otherwise, how many bytes
# are free. (The number changes all the time, so it is told only where it is the reason for an error.)
cfg_room() {
  cfg_in=${1%/*}
  if ! [ -d "${cfg_in:-/}" ]; then echo room=absent; return; fi
  cfg_free=$(timeout 10 stat -f -c '%a %S' -- "${cfg_in:-/}") || { echo room=yes; return; }
  cfg_free=$((${cfg_free% *} * ${cfg_free#* }))
  if [ "$cfg_free" -ge "$2" ]; then echo room=yes; else printf 'room=%s\n' "$cfg_free"; fi
}

# cfg_image PATH BYTES: an image: its kind and size, what is in it, how large a file system is, and whether there is room to make it
# that large.
cfg_image() {
  cfg_has=0
  if [ -L "$1" ]; then echo kind=link
  elif ! [ -e "$1" ]; then echo kind=absent
  elif ! [ -f "$1" ]; then echo kind=other
  else
    cfg_has=$(stat -c %s -- "$1") || return
    printf 'kind=file\nsize=%s\nmode=%s\n' "$cfg_has" "$(stat -c %a -- "$1")"
    cfg_on_it "$1" || return
    case $cfg_said in *TYPE=ext[234]*) printf 'blocks=%s\n' "$(dumpe2fs -h -- "$1" 2>/dev/null | sed -n 's/^Block count: *//p; s/^Block size: *//p' | tr '\n' ' ')";; esac
  fi
  cfg_room "$1" $(($2 - cfg_has))
}

# cfg_reserve FILE BYTES: makes a file that long, with all of its space reserved, so that the disk cannot be full later.
cfg_reserve() {
  fallocate -l "$2" -- "$1" 2>/dev/null && return
  cfg_there=$(($(stat -c %s -- "$1") / 1048576))
  dd if=/dev/zero of="$1" bs=1048576 seek=$cfg_there count=$(($2 / 1048576 - cfg_there)) conv=notrunc,fsync 2>/dev/null
}

# cfg_make_image PATH BYTES: a new image with an empty ext4 file system, as a whole or not at all.
cfg_make_image() (
  cfg_ours_alone "$1" && cfg_touch && cfg_new=$(cfg_temp .) || exit
  trap 'rm -f -- "$cfg_new"' EXIT
  trap 'exit 143' TERM
  cfg_reserve "$cfg_new" "$2" && mkfs.ext4 -q -F "$cfg_new" && sync "$cfg_new" && mv -nT -- "$cfg_new" "./${1##*/}"
)

# cfg_grow_image PATH BYTES: a larger image, and the file system in it, which may be mounted.
cfg_grow_image() (
  cfg_ours_alone "$1" && cfg_touch && cfg_reserve "./${1##*/}" "$2" || exit
  cfg_loop=$(losetup -n -O NAME -j "$1" | head -n 1)
  if [ -n "$cfg_loop" ]; then losetup -c "$cfg_loop" && resize2fs "$cfg_loop"
  else
    e2fsck -fp "./${1##*/}" || [ $? = 1 ] || exit
    resize2fs "./${1##*/}"
  fi
)

# cfg_device PATH: whether it is a block device, what is on it, and where it is in use.
cfg_device() {
  cfg_real=$(readlink -f -- "$1") || cfg_real=
  if [ -z "$cfg_real" ] || ! [ -e "$cfg_real" ]; then echo kind=absent; return; fi
  [ -b "$cfg_real" ] || { echo kind=other; return; }
  echo kind=device
  cfg_number=$(printf '%d:%d' "0x$(stat -c %t -- "$cfg_real")" "0x$(stat -c %T -- "$cfg_real")")
  while read -r _ _ cfg_dev _ cfg_point _; do [ "$cfg_dev" != "$cfg_number" ] || { printf 'used=%s\n' "$cfg_point"; break; }; done </proc/self/mountinfo
  ! cut -d ' ' -f 1 /proc/swaps | grep -qxF -e "$cfg_real" || echo used=swap
  for cfg_holder in "/sys/dev/block/$cfg_number"/holders/*; do [ ! -e "$cfg_holder" ] || { printf 'used=/dev/%s\n' "${cfg_holder##*/}"; break; }; done
  cfg_on_it "$cfg_real"
}

# cfg_make_filesystem TYPE LABEL FORCE DEVICE: a new file system. FORCE is the option of its mkfs to write over another one.
cfg_make_filesystem() {
  cfg_touch || return
  case $1 in vfat) cfg_named=-n;; *) cfg_named=-L;; esac
  # shellcheck disable=SC2086 # no option where nothing is overwritten
  timeout 280 "mkfs.$1" ${2:+"$cfg_named" "$2"} $3 -- "$4" >/dev/null || { echo "mkfs.$1 failed" >&2; return 1; }
  ! command -v udevadm >/dev/null 2>&1 || udevadm settle --timeout=10 || :
}

# cfg_swap PATH [BYTES]: swap space: whether it is in use (and with which priority), the kind and size of a file, what is on it,
# whether there is room for a file of that size, and fstab(5).
cfg_swap() {
  cfg_real=$(readlink -f -- "$1") || cfg_real=$1
  while read -r cfg_name _ _ _ cfg_priority; do [ "$cfg_name" != "$cfg_real" ] || printf 'active=%s\n' "$cfg_priority"; done </proc/swaps
  cfg_has=$(stat -c %s -- "$1" 2>/dev/null) || cfg_has=0
  cfg_room "$1" $((${2:-0} - cfg_has))
  if [ -b "$cfg_real" ]; then echo kind=device
  elif [ -L "$1" ]; then echo kind=link
  elif ! [ -e "$1" ]; then echo kind=absent
  elif [ -f "$1" ]; then printf 'kind=file\nsize=%s\nmode=%s\n' "$(stat -c %s -- "$1")" "$(stat -c %a -- "$1")"
  else echo kind=other; fi
  if [ -b "$cfg_real" ] || [ -f "$cfg_real" ]; then cfg_on_it "$cfg_real" || return; fi
  echo fstab
  cfg_path /etc/fstab '?' 1048576 '' ''
}

# cfg_make_swap PATH BYTES: swap space in a new file; without BYTES, on a device.
cfg_make_swap() (
  if [ -z "$2" ]; then cfg_touch && mkswap -- "$1" >/dev/null; exit; fi
  cfg_ours_alone "$1" && cfg_touch && cfg_new=$(cfg_temp .) || exit
  trap 'rm -f -- "$cfg_new"' EXIT
  trap 'exit 143' TERM
  # A file with holes, or one that is copied on write, cannot be swap space (swapon(8)).
  ! command -v chattr >/dev/null 2>&1 || chattr +C "$cfg_new" 2>/dev/null || :
  dd if=/dev/zero of="$cfg_new" bs=1048576 count=$(($2 / 1048576)) conv=fsync 2>/dev/null && mkswap -- "$cfg_new" >/dev/null && mv -fT -- "$cfg_new" "./${1##*/}"
)
