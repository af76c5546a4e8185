# cfg_apk_package NAME BARE CANDIDATE: apk|ARCH, then a line installed|WANT|VERSION|ARCH if it is installed, and on request the
# version that the index prefers. If no installed package has that name, the packages that provide it follow, unless the index has a
# package of that name. A held version is a version in the list of wanted packages (apk-world(5)).
cfg_apk_package() {
  printf 'apk|%s\n' "$(apk --print-arch)"
  cfg_pattern=$(printf '%s\n' "$1" | sed 's/[.]/[.]/g')
  cfg_db=/lib/apk/db/installed
  [ -f "$cfg_db" ] || cfg_db=/usr/lib/apk/db/installed
  cfg_found=$(sed -n "/^P:$cfg_pattern\$/,/^\$/s/^[VA]://p" "$cfg_db") || return
  if [ -n "$cfg_found" ]; then
    cfg_want=install
    ! grep -q "^$cfg_pattern=" /etc/apk/world 2>/dev/null || cfg_want=hold
    # shellcheck disable=SC2086 # two words
    printf "installed|$cfg_want|%s|%s\n" $cfg_found
  fi
  [ -z "$3" ] || apk add --simulate --upgrade "$1" 2>/dev/null | sed -n "s/^([0-9]*\/[0-9]*) [A-Z][a-z]* $cfg_pattern (\(.* -> \)*\([^ ]*\))\$/candidate|\2/p"
  [ -z "$cfg_found" ] || return 0
  cfg_found=$(sed -n -e '/^P:/h' -e '/^[VA]:/H' -e "/^p:/{s/\$/ /;/[: ]${cfg_pattern}[ =]/{g;s/\n/|/g;s/P:\(.*\)|V:\(.*\)|A:\(.*\)/provided|install|\2|\3|\1/p;};}" "$cfg_db")
  [ -z "$cfg_found" ] || [ -n "$(apk search --exact --quiet "$1" 2>/dev/null)" ] || printf '%s\n' "$cfg_found"
}

# cfg_apk_simulation add|del ITEM…: what a transaction would do. apk does not say which item causes which step, so several items are
# also simulated one by one.
cfg_apk_simulation() {
  cfg_verb=$1; shift
  cfg_said=$(cfg_apk "$cfg_verb" --simulate "$@" 2>&1) || { printf '%s\n' "$cfg_said" | grep -v -e '^fetch ' -e '^(' >&2; return 1; }
  printf '%s\n' "$cfg_said"
  [ $# -gt 1 ] && [ "$(printf '%s\n' "$cfg_said" | grep -c '^(')" -gt $# ] || return 0
  for cfg_item; do cfg_apk "$cfg_verb" --simulate "$cfg_item" 2>/dev/null | sed -n "s/^(/alone|$cfg_item|(/p"; done
}

# cfg_apk add|del OPTIONS ITEM…: the transaction; packages that depend on a removed one are removed too. No questions are asked, and
# edited files are kept beside the new ones.
cfg_apk() {
  cfg_verb=$1; shift
  [ "$cfg_verb" = add ] || set -- --rdepends "$@"
  apk --no-progress --wait 60 "$cfg_verb" "$@" </dev/null
}

# cfg_apk_wait: waits until no process holds the lock of apk, and names the process that does.
cfg_apk_wait() { cfg_await 600 cfg_lock_holder /lib/apk/db/lock /usr/lib/apk/db/lock; }

# cfg_apk_install add|del FREE ITEM…: a transaction, after waiting for others. apk keeps an exact version from then on, so the
# packages in FREE are afterwards wanted in any version.
cfg_apk_install() {
  cfg_verb=$1 cfg_free=$2; shift 2
  cfg_apk_wait && cfg_touch && cfg_apk "$cfg_verb" "$@" || return
  # shellcheck disable=SC2086 # names of packages
  [ -z "$cfg_free" ] || cfg_apk add $cfg_free
}

# cfg_apk_hold hold|unhold NAME…: wants packages in their installed versions, or in any, after waiting for others.
cfg_apk_hold() {
  cfg_word=$1 cfg_free=; shift
  cfg_apk_wait && cfg_touch || return
  for cfg_name; do
    [ "$cfg_word" = unhold ] || cfg_name=$cfg_name=$(cfg_apk_package "$cfg_name" "$cfg_name" '' | sed -n 's/^installed|[a-z]*|\([^|]*\)|.*/\1/p')
    cfg_free="$cfg_free $cfg_name"
  done
  # shellcheck disable=SC2086 # names of packages
  cfg_apk add $cfg_free
}

# cfg_apk_fresh SECONDS: whether all of apk's index was fetched within that time, and still exists.
cfg_apk_fresh() {
  for cfg_file in /var/cache/apk/APKINDEX.*; do
    [ -e "$cfg_file" ] || continue
    if cfg_stamp=$(stat -c %Y /var/cache/apk/configengine-index 2>/dev/null) && [ $(($(date +%s) - cfg_stamp)) -le "$1" ]; then cfg_fresh=true; fi
    break
  done
}

# cfg_apk_update: fetches all of apk's index, after waiting for others, and notes the success, because apk continues without a
# repository that it cannot reach.
cfg_apk_update() {
  cfg_apk_wait && cfg_touch || return
  cfg_said=$(apk --no-progress update </dev/null 2>&1) || { printf '%s\n' "$cfg_said" >&2; return 1; }
  case $cfg_said in *'OK: '*) touch /var/cache/apk/configengine-index;; *) printf '%s\n' "$cfg_said" >&2; return 1;; esac
}

# cfg_apk_upgrade [security]: see cfg_upgrade.
cfg_apk_upgrade() {
  printf 'apk|%s\n' "$(apk --print-arch)"
  [ -z "$1" ] || { echo 'security|no'; return; }
  cfg_said=$(apk --no-progress upgrade --simulate 2>&1) || { printf '%s\n' "$cfg_said" | grep -v '^fetch ' >&2; return 1; }
  printf '%s\n' "$cfg_said" | grep '^(' || true
}

# cfg_apk_upgrade_now: the upgrade, after waiting for others.
cfg_apk_upgrade_now() {
  cfg_apk_wait && cfg_touch && apk --no-progress --wait 60 upgrade </dev/null
}
