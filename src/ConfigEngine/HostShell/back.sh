# back KEPT PATH: restores a path from its copy below KEPT, file by file. Each file is restored as a whole or not at all: written
# beside its place, and then renamed (rename(2)). New files are removed after all old ones are back. KEPT is - if an archive of the
# copy is on standard input. Prints what could not be done. temp.sh comes before it.
kept=$1$2 path=$2 work= beside=
trap 'rm -rf -- ${work:+"$work"} ${beside:+"$beside"}' EXIT
no() { printf '%s: %s\n' "$1" "${2##*: }"; }
if [ "$1" = - ]; then
  work=$(cfg_temp "${path%/*}" -d 2>&1) || { no "$path" "$work"; work=; exit 1; }
  said=$(tar -xpf - -C "$work" 2>&1) || { no "$path" "$said"; exit 1; }
  kept=$work/${path##*/}
fi

looks() { stat -c '%F|%a|%u|%g' -- "$1" 2>/dev/null; }
same() {
  if [ -L "$1" ]; then [ -L "$2" ] && [ "$(readlink "$1")" = "$(readlink "$2")" ]; return; fi
  [ ! -L "$2" ] && [ "$(looks "$1")" = "$(looks "$2")" ] && { [ ! -f "$1" ] || cmp -s -- "$1" "$2"; }
}

# file KEPT PATH: restores a file or link. If there is no room for another copy, the kept copy itself is moved there, if it is on
# the same file system.
file() {
  ! same "$1" "$2" || return 0
  beside=$(cfg_temp "${2%/*}" -d 2>&1) || { no "$2" "$beside"; beside=; return 1; }
  if ! said=$(cp -a -- "$1" "$beside/new" 2>&1) || ! { sync "$beside/new" 2>/dev/null || sync; } || ! same "$1" "$beside/new"; then
    rm -f -- "$beside/new"
    [ -n "$said" ] || said='no whole copy of it could be made'
    if [ -L "$1" ] || ! ln -- "$1" "$beside/new" 2>/dev/null; then no "$2" "$said"; rm -rf -- "$beside"; return 1; fi
  fi
  if [ -d "$2" ] && [ ! -L "$2" ]; then mv -T -- "$2" "$beside/old"; fi
  said=$(mv -fT -- "$beside/new" "$2" 2>&1) || { no "$2" "$said"; rm -rf -- "$beside"; return 1; }
  rm -rf -- "$beside"; beside=
}

# directory KEPT PATH: restores a directory itself, without its contents.
directory() {
  if [ ! -d "$2" ] || [ -L "$2" ]; then
    [ ! -e "$2" ] && [ ! -L "$2" ] || rm -f -- "$2"
    said=$(mkdir -- "$2" 2>&1) || { no "$2" "$said"; return 1; }
  fi
  [ "$(looks "$1")" = "$(looks "$2")" ] || said=$(chown "$(stat -c %u:%g -- "$1")" "$2" 2>&1 && chmod "$(stat -c %a -- "$1")" "$2" 2>&1) || { no "$2" "$said"; return 1; }
}

# gone PATH: removes new files, but nothing that is in a mount.
gone() {
  if [ -d "$1" ] && [ ! -L "$1" ]; then
    said=$(find "$1" -xdev -depth ! -type d -exec rm -f -- {} + 2>&1 && find "$1" -xdev -depth -type d -exec rmdir -- {} + 2>&1) || no "$1" "$said"
  else
    said=$(rm -f -- "$1" 2>&1) || no "$1" "$said"
  fi
}

all() {
  directory "$kept" "$path" || return
  (cd "$kept" && find . ! -name .) | while IFS= read -r each; do
    each=${each#./}
    if [ -d "$kept/$each" ] && [ ! -L "$kept/$each" ]; then directory "$kept/$each" "$path/$each"; else file "$kept/$each" "$path/$each"; fi
  done
}

if [ -d "$kept" ] && [ ! -L "$kept" ]; then
  lost=$(all)
  [ -z "$lost" ] || { printf '%s\n' "$lost"; exit 1; }
  (cd "$path" && find . -xdev -depth ! -name .) | while IFS= read -r each; do
    each=${each#./}
    [ -e "$kept/$each" ] || [ -L "$kept/$each" ] || gone "$path/$each"
  done
elif [ -e "$kept" ] || [ -L "$kept" ]; then
  file "$kept" "$path"
elif [ -e "$path" ] || [ -L "$path" ]; then
  gone "$path"
fi
