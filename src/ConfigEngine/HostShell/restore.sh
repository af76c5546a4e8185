# restore GUARD PATIENCE RUN [BOOT]: works in its own directory. It waits until the step has ended and no new connection has come
# for PATIENCE, and then restores the files that the connection depends on. After a boot: until the system is up, or has taken that
# long. An interrupted restore is started again from the beginning; files that are already restored stay.
cd "${0%/*}" || exit
guard=$1 patience=$2 run=$3 boot=$4 here=$PWD
# Only one at a time.
exec 7>>lock
! command -v flock >/dev/null || flock -n 7 || exit 0
[ ! -e verdict ] || exit 0
if [ -d "decided$guard" ]; then mv confirmed verdict; exit 0; fi
[ ! -d "deciding$guard" ] || mv "deciding$guard" "undecided$guard"
pause=
trap '[ -z "$pause" ] || kill $pause; exit 0' TERM
printf '%s\n' $$ >timer
clock() { read -r up rest </proc/uptime; up=${up%%.*}; }
uncut() { [ -s "$run/uncut" ] && read -r pid <"$run/uncut" && [ -d "/proc/$pid" ]; }
# due: whether it is time to restore, judged by the step or by the boot.
due() {
  clock
  if [ -n "$boot" ]; then
    if [ -z "$at" ]; then
      [ -n "$first" ] || first=$up
      case $(timeout 5 systemctl is-system-running 2>/dev/null) in initializing|starting|'') [ $((up - first)) -ge "$boot" ] || return 1;; esac
      at=$((up + patience))
    fi
  else
    read -r until step <deadline || { until=0 step=; }
    [ "$seen" = "$until $step" ] || { seen="$until $step" at=$until ended=; }
    if [ -z "$ended" ] && ! { [ -n "$step" ] && [ -d "/proc/$step" ]; } && ! uncut; then
      ended=1
      [ $((up + patience)) -ge "$until" ] || at=$((up + patience))
    fi
    # An operation that must not be interrupted is waited for, but not without limit.
    if [ "$up" -ge "$at" ] && uncut && [ "$up" -lt $((until + 600)) ]; then return 1; fi
  fi
  [ "$up" -ge "$at" ]
}
at= seen= first= ended= mine=
[ ! -d "restoring$guard" ] || mine=1
while [ -d "undecided$guard" ]; do
  sleep 1 & pause=$!; wait $pause; pause=
  due || continue
  mv "undecided$guard" "deciding$guard" 2>/dev/null || continue
  # A step that begins at this moment has noted that before it looks here.
  if due; then mv "deciding$guard" "restoring$guard"; mine=1; break; fi
  mv "deciding$guard" "undecided$guard"
done
[ -n "$mine" ] || exit 0

missing= whole=0
miss() { [ -z "$1" ] || missing="$missing${missing:+; }$(printf '%s' "$1" | tr '\n' ';' | sed 's/;/; /g')"; }
try() { what=$1; shift; said=$("$@" 2>&1) || miss "$what: ${said##*: }"; }

# foreign PATH: sets owner and group to those of the first parent directory that does not belong to root. Below it, only they act.
foreign() {
  owner= group= dir= left=${1#/}
  while :; do
    case $left in */*) ;; *) return;; esac
    dir=$dir/${left%%/*} left=${left#*/}
    [ -d "$dir" ] || return
    owner=$(stat -L -c %u -- "$dir") group=$(stat -L -c %g -- "$dir")
    [ "$owner" = 0 ] || return
    owner=
  done
}

# above KEPT PATH: restores missing parent directories, below directories of root.
above() {
  dir= left=${2#/}
  while :; do
    case $left in */*) ;; *) return;; esac
    dir=$dir/${left%%/*} left=${left#*/}
    [ ! -e "$dir" ] && [ -d "$1$dir" ] || continue
    mkdir -- "$dir" && chown "$(stat -c %u:%g -- "$1$dir")" "$dir" && chmod "$(stat -c %a -- "$1$dir")" "$dir" || return
  done
}

# put KEPT PATH: restores a path, and prints what could not be restored.
put() {
  foreign "$2"
  if [ "$(id -u)" != 0 ] || [ -z "$owner" ]; then
    [ "$(id -u)" != 0 ] || above "$1" "$2"
    sh "$here/back" "$1" "$2"
  elif ! setpriv --reuid="$owner" --regid="$group" --clear-groups true 2>/dev/null; then
    echo "$2: there is no setpriv to act as its owner with"
  elif [ -e "$1$2" ] || [ -L "$1$2" ]; then
    (cd "$1${2%/*}" && tar -cf - "./${2##*/}") | setpriv --reuid="$owner" --regid="$group" --clear-groups sh -c "$(cat "$here/back")" back - "$2"
  else
    setpriv --reuid="$owner" --regid="$group" --clear-groups sh -c "$(cat "$here/back")" back /nothing "$2"
  fi
}

# shellcheck disable=SC2094 # the file is only read
read -r layers <layers || { layers=; miss 'the copies cannot be read'; }
for layer in $layers; do
  [ -e "copies/$layer/paths" ] || { miss "copy $layer cannot be read"; continue; }
  while IFS= read -r path; do
    said=$(put "$here/copies/$layer/files" "$path" 2>&1)
    if [ -z "$said" ]; then whole=$((whole + 1)); else miss "$said"; fi
  done <"copies/$layer/paths"
done

rules() { { echo 'flush ruleset'; cat "$1"; } | nft -f -; }
loaded() { "$1-restore" <"$2"; }
# route FAMILY COPY: removes routes that are new, and adds those that are missing.
# shellcheck disable=SC2046,SC2086 # a route is the words that ip(8) takes
route() {
  ip "$1" route show table main | while IFS= read -r line; do
    grep -qxF -- "$line" "$2/routes$1" || ip "$1" route del $line || echo "$line"
  done
  while IFS= read -r line; do
    ip "$1" route show table main | grep -qxF -- "$line" || ip "$1" route replace $(printf '%s' "$line" | sed 's/ linkdown//; s/ dead//') || echo "$line"
  done <"$2/routes$1"
  ip "$1" rule show | while IFS= read -r line; do
    grep -qxF -- "$line" "$2/rules$1" || ip "$1" rule del pref "${line%%:*}" || echo "$line"
  done
}
# A boot loads its own rules and routes.
read -r armed <booted
read -r now </proc/sys/kernel/random/boot_id
# shellcheck disable=SC2086 # numbers, and words of this file
[ -n "$boot" ] || [ "$armed" != "$now" ] || for layer in $layers; do
  copy=copies/$layer
  if [ -e $copy/nft ] && [ "$(nft -s list ruleset)" != "$(cat $copy/nft)" ]; then try 'the rules of nft' rules $copy/nft; fi
  for tables in iptables ip6tables; do
    [ ! -e $copy/$tables ] || try "the rules of $tables" loaded $tables $copy/$tables
  done
  for family in -4 -6; do
    [ ! -e $copy/routes$family ] || [ ! -e $copy/rules$family ] || { said=$(route $family $copy 2>/dev/null); [ -z "$said" ] || miss "the route $said"; }
  done
done

# unit NAME ACTIVE [ENABLED]
unit() {
  now=$(systemctl show --property=ActiveState,UnitFileState --value -- "$1" 2>/dev/null | tr '\n' ' ')
  case $3:${now#* } in
    enabled:enabled*|disabled:disabled*|masked:masked*) ;;
    enabled:*) try "the unit $1" systemctl enable -- "$1";;
    disabled:*) try "the unit $1" systemctl disable -- "$1";;
    masked:*) try "the unit $1" systemctl mask -- "$1";;
  esac
  case $2:$now in
    active:*) try "the unit $1" timeout 60 systemctl restart -- "$1";;
    *:active*) try "the unit $1" timeout 60 systemctl stop -- "$1";;
  esac
}
# The oldest copy that has a unit gives the unit's final state.
oldest=
for layer in $layers; do oldest="$layer $oldest"; done
reloaded= known=
for layer in $oldest; do
  [ -e "copies/$layer/units" ] || continue
  [ -n "$reloaded" ] || { try 'the configuration of systemd' timeout 60 systemctl daemon-reload; reloaded=1; }
  while read -r name active enabled; do
    case " $known " in *" $name "*) continue;; esac
    known="$known $name"
    unit "$name" "$active" "$enabled"
  done <"copies/$layer/units"
done

if [ -z "$missing" ]; then said=restored
elif [ $whole -gt 0 ]; then said="partly $missing"
else said="failed $missing"; fi
printf '%s\n' "$said" >verdict.new && mv -f verdict.new verdict || mv -f unsaid verdict
