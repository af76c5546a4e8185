# The files in $cfg_kept/lifeline keep a host reachable:
#  copies/N: what one step may touch, as it was before: files/ with paths, and for a step that may do anything also the units,
#    rules and routes of that moment
#  guard: the number of the last armed guard
#  layers: the copies that it would restore, the newest first
#  deadline: the latest end of the current step (seconds since boot), and its process
#  undecidedG: is renamed once by rename(2), which needs no room: to decidedG by a new connection, or to restoringG by the timer
#  verdict: confirmed, or what was restored

# cfg_clock: sets cfg_up to the seconds since boot, a clock that cannot be set back.
cfg_clock() { read -r cfg_up cfg_rest </proc/uptime; cfg_up=${cfg_up%%.*}; }

# cfg_note NAME TEXT: writes a file of the guard, as a whole or not at all.
cfg_note() { printf '%s\n' "$2" >"$cfg_line/$1.new" && mv -f -- "$cfg_line/$1.new" "$cfg_line/$1"; }

# cfg_arm GUARD COPY PATIENCE ALLOWED LINKED WHAT…: a step calls this before it acts. It keeps a copy of everything the step may
# touch. The copy is restored unless a new connection comes within PATIENCE after the step's end, or at the latest within PATIENCE
# after the time ALLOWED for it. LINKED are older copies that are restored with it. WHAT is a path, keys=USER, units, or everything.
cfg_arm() {
  cfg_line=$cfg_kept/lifeline cfg_guard=$1 cfg_copy=$2 cfg_patience=$3 cfg_linked=$5
  cfg_clock; cfg_until=$((cfg_up + $3 + $4)); shift 5
  read -r cfg_self cfg_rest </proc/self/stat
  [ "$cfg_copy" != 1 ] || cfg_forget
  cfg_keep_these "$@" || return
  cfg_last=; [ ! -e "$cfg_line/guard" ] || read -r cfg_last <"$cfg_line/guard"
  if [ "$cfg_last" = "$cfg_guard" ]; then
    read -r cfg_linked <"$cfg_line/layers"
    cfg_note layers "$cfg_copy $cfg_linked" && cfg_note deadline "$cfg_until $cfg_self" || return
    until [ -d "$cfg_line/undecided$cfg_guard" ]; do
      [ ! -d "$cfg_line/restoring$cfg_guard" ] || { echo 'the host puts back what was done before this' >&2; return 1; }
      sleep 1
    done
    return
  fi
  cfg_ready && cfg_note deadline "$cfg_until $cfg_self" && cfg_note guard "$cfg_guard" || return
  cfg_restorer "$cfg_guard" "$cfg_patience"
  # Also after a boot meanwhile: a power cut, or a reset by someone who cannot reach the host any more.
  ! cfg_has_boots || cfg_at_boot 600 || :
}

# cfg_arm_boot GUARD COPY PATIENCE ALLOWED LINKED: called before a reboot. Older copies are restored unless a new connection comes
# within PATIENCE after the next boot, which may take ALLOWED. systemd starts that; without systemd nothing is armed, and the plan
# says so.
cfg_arm_boot() {
  cfg_has_boots || return 0
  cfg_line=$cfg_kept/lifeline cfg_guard=$1 cfg_copy=$2 cfg_patience=$3 cfg_linked=$5
  cfg_keep_these units && cfg_ready && cfg_note guard "$cfg_guard" && cfg_at_boot "$4" || return
  # If this boot does not come, a later boot must not do it. A timer of the current boot ends it, because the clock may be set, or
  # may be wrong after a boot.
  systemctl stop "$cfg_expiry.timer" 2>/dev/null
  # shellcheck disable=SC2016 # for the other shell to expand
  systemd-run --quiet --collect --unit="$cfg_expiry" --on-active="$(($3 + $4 + 600))s" sh -c \
    'mv -- "$1/undecided$2" "$1/decided$2" && mv -f -- "$1/confirmed" "$1/verdict"' sh "$cfg_line" "$1" </dev/null
}
cfg_boot_unit=/etc/systemd/system/configengine-undo.service
cfg_expiry=configengine-undo-expiry

# cfg_has_boots: whether this session can have a script run at the next boot.
cfg_has_boots() { [ -d /run/systemd/system ] && [ "$(id -u)" = 0 ]; }

# cfg_at_boot ALLOWED: lets the guard continue after the next boot, which may take that long.
cfg_at_boot() {
  printf '%s\n' '[Unit]' 'Description=Puts back what keeps this host from being reached (cfg)' "ConditionPathExists=$cfg_line/guard" \
    '[Service]' "ExecStart=/bin/sh $cfg_line/restore $cfg_guard $cfg_patience $cfg_run $1" 'Restart=on-failure' 'RestartSec=1' >"$cfg_boot_unit" &&
    mkdir -p "${cfg_boot_unit%/*}/multi-user.target.wants" && ln -sf "$cfg_boot_unit" "${cfg_boot_unit%/*}/multi-user.target.wants/" || return
  sync "$cfg_boot_unit" "$cfg_line/guard" "$cfg_line/restore" "$cfg_line/back" 2>/dev/null || sync
}

# cfg_after_arming EXIT: ends with the exit code of the armed command; 92 means that it did not run, because nothing could be armed.
cfg_after_arming() { [ "$1" != 92 ] || exit 1; exit "$1"; }

# cfg_ready: begins a new guard.
cfg_ready() {
  rm -f -- "$cfg_line/verdict" &&
    cfg_note layers "$cfg_copy $cfg_linked" && cfg_note patience "$cfg_patience" && cfg_note booted "$(cat /proc/sys/kernel/random/boot_id)" && cfg_note restore "$cfg_restore" && cfg_note back "$cfg_back" &&
    cfg_note confirmed confirmed && cfg_note unsaid 'partly what is missing could not be written down' && mkdir -- "$cfg_line/undecided$cfg_guard"
}

# cfg_keep_these WHAT…: makes the copy, complete or not at all.
cfg_keep_these() {
  ( umask 077; cfg_keep_all "$@" ) && return
  rm -rf -- "$cfg_line/copies/$cfg_copy.new"
  echo 'no copy of the way to this host can be kept' >&2
  return 1
}

# cfg_keep_all WHAT…: makes the copy.
cfg_keep_all() {
  cfg_new=$cfg_line/copies/$cfg_copy.new
  rm -rf -- "$cfg_new" && mkdir -p "$cfg_new/files" && : >"$cfg_new/paths" || return
  for cfg_what; do
    case $cfg_what in
      everything)
        cfg_keep "$HOME/.ssh" && : >"$cfg_new/everything" || return
        [ "$(id -u)" = 0 ] || continue
        for cfg_path in $cfg_way_paths; do cfg_keep "$cfg_path" || return; done
        if [ -n "$SUDO_USER" ]; then eval "cfg_home=~$SUDO_USER"; cfg_keep "$cfg_home/.ssh" || return; fi
        cfg_keep_units && cfg_keep_live || return;;
      units) cfg_keep_units || return;;
      keys=*) cfg_entry=$(getent passwd "${cfg_what#*=}") || continue; cfg_entry=${cfg_entry%:*}; cfg_keep "${cfg_entry##*:}/.ssh" || return;;
      *) cfg_keep "$cfg_what" || return;;
    esac
  done
  find "$cfg_new" -type f -exec sync {} + 2>/dev/null || sync
  mv -- "$cfg_new" "$cfg_line/copies/$cfg_copy"
}

# cfg_keep PATH: keeps the file there, or a note that there is none, and the directories above it with their owners and modes.
cfg_keep() {
  ! grep -qxF -- "$1" "$cfg_new/paths" || return 0
  printf '%s\n' "$1" >>"$cfg_new/paths" || return
  [ -e "$1" ] || [ -L "$1" ] || return 0
  cfg_dir= cfg_left=${1#/}
  while :; do
    case $cfg_left in */*) ;; *) break;; esac
    cfg_dir=$cfg_dir/${cfg_left%%/*} cfg_left=${cfg_left#*/}
    [ ! -d "$cfg_new/files$cfg_dir" ] || continue
    mkdir -- "$cfg_new/files$cfg_dir" || return
    # A user who is not root cannot create directories above their own, or give files away.
    [ "$(id -u)" = 0 ] || continue
    chown "$(stat -L -c %u:%g -- "$cfg_dir")" "$cfg_new/files$cfg_dir" && chmod "$(stat -L -c %a -- "$cfg_dir")" "$cfg_new/files$cfg_dir" || return
  done
  cp -a -- "$1" "$cfg_new/files$1"
}

cfg_keep_units() {
  command -v systemctl >/dev/null 2>&1 || return 0
  for cfg_unit in $cfg_way_units; do
    cfg_state=$(systemctl show --property=LoadState,ActiveState,UnitFileState --value -- "$cfg_unit" 2>/dev/null | tr '\n' ' ')
    case $cfg_state in 'loaded '*) printf '%s %s\n' "$cfg_unit" "${cfg_state#loaded }" >>"$cfg_new/units" || return;; esac
  done
}

# cfg_keep_live: keeps rules and routes. A list that could not be loaded again is not a copy.
cfg_keep_live() {
  ! command -v nft >/dev/null 2>&1 || { nft -s list ruleset >"$cfg_new/nft" && nft -c -f "$cfg_new/nft"; } 2>/dev/null || rm -f "$cfg_new/nft"
  for cfg_tables in iptables ip6tables; do
    ! command -v $cfg_tables-save >/dev/null 2>&1 || $cfg_tables-save >"$cfg_new/$cfg_tables" 2>/dev/null || rm -f "$cfg_new/$cfg_tables"
  done
  if command -v ip >/dev/null 2>&1; then
    for cfg_family in -4 -6; do
      ip $cfg_family route show table main >"$cfg_new/routes$cfg_family" 2>/dev/null || rm -f "$cfg_new/routes$cfg_family"
      ip $cfg_family rule show >"$cfg_new/rules$cfg_family" 2>/dev/null || rm -f "$cfg_new/rules$cfg_family"
    done
  fi
}

# cfg_disarm GUARD: reports a new connection. Prints which came first: confirmed, or what was restored. If it is not decided yet:
# acting (the step continues) or restoring. It prints unarmed if the guard was never armed, so the step did not act either.
cfg_disarm() {
  cfg_line=$cfg_kept/lifeline cfg_guard=
  [ ! -e "$cfg_line/guard" ] || read -r cfg_guard <"$cfg_line/guard"
  [ "$cfg_guard" = "$1" ] || { echo unarmed; return; }
  if [ -d "$cfg_line/undecided$1" ] && cfg_goes_on; then echo acting; return; fi
  if mv -- "$cfg_line/undecided$1" "$cfg_line/decided$1" 2>/dev/null; then
    mv -f -- "$cfg_line/confirmed" "$cfg_line/verdict" 2>/dev/null
    cfg_unwatch
    read -r cfg_linked <"$cfg_line/layers"
    for cfg_copy in $cfg_linked; do cfg_prune "$cfg_line/copies/$cfg_copy"; done
    echo confirmed
    return
  fi
  if [ -e "$cfg_line/verdict" ]; then cat "$cfg_line/verdict"; else cfg_resume "$1"; echo restoring; fi
}

# cfg_goes_on: whether the step still runs, although no session may wait for it.
cfg_goes_on() {
  if [ -s "$cfg_run/uncut" ] && read -r cfg_pid <"$cfg_run/uncut" && [ -d "/proc/$cfg_pid" ]; then return 0; fi
  [ -e "$cfg_line/deadline" ] || return
  read -r cfg_until cfg_pid <"$cfg_line/deadline" && [ -n "$cfg_pid" ] && [ -d "/proc/$cfg_pid" ]
}

# cfg_unwatch: ends the timer, which would end by itself within a second. After a boot, another process may have its number.
cfg_unwatch() {
  [ -e "$cfg_line/timer" ] && read -r cfg_timer <"$cfg_line/timer" && grep -qsF lifeline/restore "/proc/$cfg_timer/cmdline" && kill "$cfg_timer" 2>/dev/null
  :
}

# cfg_prune COPY: reduces a copy of everything to the files that differ now, which are those that the step changed; a later restore
# leaves the others alone.
cfg_prune() {
  [ -e "$1/everything" ] || return 0
  while IFS= read -r cfg_path; do
    if [ -d "$1/files$cfg_path" ] && [ ! -L "$1/files$cfg_path" ]; then
      { (cd "$1/files$cfg_path" && find . ! -type d); (cd "$cfg_path" 2>/dev/null && find . -xdev ! -type d); } | sort -u | while IFS= read -r cfg_each; do
        cfg_unchanged "$1/files$cfg_path/${cfg_each#./}" "$cfg_path/${cfg_each#./}" || printf '%s\n' "$cfg_path/${cfg_each#./}"
      done
    else
      cfg_unchanged "$1/files$cfg_path" "$cfg_path" || printf '%s\n' "$cfg_path"
    fi
  done <"$1/paths" >"$1/paths.new" && mv -f -- "$1/paths.new" "$1/paths" && rm -f -- "$1/everything"
}

# cfg_unchanged KEPT PATH: whether nothing is different.
cfg_unchanged() {
  if [ -L "$1" ]; then [ "$(readlink "$1")" = "$(readlink "$2")" ]; return; fi
  if [ ! -e "$1" ]; then [ ! -e "$2" ] && [ ! -L "$2" ]; return; fi
  [ ! -L "$2" ] && cmp -s -- "$1" "$2" && [ "$(stat -c %a:%u:%g -- "$1")" = "$(stat -c %a:%u:%g -- "$2")" ]
}

# cfg_forget: the guard has ended. Copies that could not be restored completely are kept, for people.
cfg_forget() {
  cfg_line=$cfg_kept/lifeline cfg_said=
  [ ! -e "$cfg_line/verdict" ] || read -r cfg_said cfg_rest <"$cfg_line/verdict"
  case $cfg_said in partly|failed) [ ! -d "$cfg_line/copies" ] || mv -- "$cfg_line/copies" "$cfg_kept/not-restored-$(date +%Y%m%d-%H%M%S)" || return;; esac
  ! cfg_has_boots || systemctl stop "$cfg_expiry.timer" 2>/dev/null || :
  [ ! -e "$cfg_boot_unit" ] || rm -f -- "${cfg_boot_unit%/*}/multi-user.target.wants/${cfg_boot_unit##*/}" "$cfg_boot_unit"
  rm -rf -- "$cfg_line"
}

# cfg_settle: called by a session after a lost run. That run's guard must not act during the next run, and its copies are removed.
cfg_settle() {
  if [ -e "$cfg_run/lock" ]; then exec 8<"$cfg_run/lock"; flock -n 8 || return 95; fi
  cfg_line=$cfg_kept/lifeline cfg_guard= cfg_tries=0
  [ ! -e "$cfg_line/guard" ] || read -r cfg_guard <"$cfg_line/guard"
  until [ -z "$cfg_guard" ] || [ -e "$cfg_line/verdict" ]; do
    if mv -- "$cfg_line/undecided$cfg_guard" "$cfg_line/decided$cfg_guard" 2>/dev/null; then mv -f -- "$cfg_line/confirmed" "$cfg_line/verdict"; cfg_unwatch; break; fi
    [ $cfg_tries -lt 60 ] || return
    cfg_resume "$cfg_guard"
    sleep 1; cfg_tries=$((cfg_tries + 1))
  done
  cfg_forget
}
