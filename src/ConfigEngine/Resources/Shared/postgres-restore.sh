# cfg_pg_restored CLUSTER BACKUP ARCHIVE: what a server's data is, as NAME=VALUE lines, and whether the base backup and the archive can
# be used: what is in the data directory, what cfg restored it from, the version of the backup and when it was begun.
cfg_pg_restored() {
  cfg_pg "$1" || return
  case $cfg_pg_why in none|several|old) printf '%s=%s\n' "$cfg_pg_why" "$cfg_pg_name"; return;; esac
  cfg_pg_place || return
  [ -n "$cfg_pg_conf" ] || printf 'unit=%s\n' "$cfg_unit"
  printf 'data=%s\n' "$cfg_pg_data"
  cfg_pg_content
  printf 'content=%s\n' "$cfg_content"
  case $cfg_content in
    standby|server)
      cfg_pg_identifier
      [ "$cfg_content" = standby ] || cfg_pg_as cat "$cfg_pg_data/cfg-restored" 2>/dev/null;;
  esac
  if [ -n "$cfg_pg_why" ]; then echo runs=no; else echo runs=yes; fi
  [ ! -e "$cfg_pg_data.cfg-old" ] || echo old=yes
  cfg_pg_backup "$2"
  if cfg_pg_as test -d "$3" -a -r "$3" -a -x "$3"; then echo archive=yes; else echo archive=no; fi
  printf 'cluster=%s\n' "$cfg_pg_name"
}

# cfg_pg_backup BACKUP: its version, and when it was begun, in UTC; empty where that cannot be told.
cfg_pg_backup() {
  cfg_label=$(cfg_pg_as cat "$1/backup_label" 2>/dev/null) && cfg_said=$(cfg_pg_as cat "$1/PG_VERSION" 2>/dev/null) || cfg_said=absent
  printf 'backup=%s\n' "$cfg_said"
  cfg_began=$(printf '%s\n' "$cfg_label" | sed -n 's/^START TIME: //p')
  [ -z "$cfg_began" ] || cfg_began=$(date -u -d "$cfg_began" '+%Y-%m-%d %H:%M:%S' 2>/dev/null) || cfg_began=
  printf 'began=%s\n' "$cfg_began"
  [ -z "$(cfg_pg_as ls -A "$1/pg_tblspc" 2>/dev/null)" ] || echo tablespaces=yes
}

# cfg_pg_restore CLUSTER BACKUP ARCHIVE UNTIL REPLACE: replaces the data of a server with a copy of a base backup, and has the server
# apply what is in the archive, up to a time if UNTIL is not empty. A data directory that is not empty is replaced only if REPLACE is its
# path, and is put back if that does not succeed.
cfg_pg_restore() {
  cfg_pg_found "$1" && cfg_pg_may_replace "$5" || return
  cfg_new=$cfg_pg_data.cfg-new cfg_old=$cfg_pg_data.cfg-old cfg_ran=$cfg_pg_why
  [ ! -e "$cfg_old" ] || { printf '%s is left from a restore that was cut off\n' "$cfg_old" >&2; return 1; }
  cfg_touch && cfg_pg_as rm -rf -- "$cfg_new" || return
  cfg_pg_as cp -a -- "$2" "$cfg_new" && cfg_pg_as chmod 700 -- "$cfg_new" && cfg_pg_recovers "$3" "$4" || { cfg_pg_as rm -rf -- "$cfg_new"; return 1; }
  if [ -z "$cfg_pg_why" ]; then cfg_pg_halt || return; fi
  cfg_pg_swap "$cfg_pg_data" "$cfg_old" "$cfg_new" "$cfg_pg_data" || return
  # A start that takes long is not one that failed: the server is asked.
  cfg_pg_start || :
  if cfg_pg_recovered && cfg_pg_forgets; then
    printf 'restored=%s\nuntil=%s\n' "$2" "$4" | cfg_pg_as tee "$cfg_pg_data/cfg-restored" >/dev/null && cfg_pg_as rm -rf -- "$cfg_old"
    return
  fi
  echo 'it did not recover; its log ends with:' >&2
  cfg_pg_said
  cfg_pg_halt
  cfg_pg_swap "$cfg_pg_data" "$cfg_new" "$cfg_old" "$cfg_pg_data" && cfg_pg_as rm -rf -- "$cfg_new" || return
  [ -n "$cfg_ran" ] || cfg_pg_restart
  echo 'it was not restored, and the data directory is what it was before' >&2
  return 1
}

# cfg_pg_swap DIRECTORY AWAY OTHER BACK: moves the first away, and the other one to where that was. Either may be absent.
cfg_pg_swap() {
  # shellcheck disable=SC2016 # for the other shell to expand
  cfg_pg_as sh -c '{ [ ! -e "$1" ] || mv -- "$1" "$2"; } && { [ ! -e "$3" ] || mv -- "$3" "$4"; }' sh "$@"
}

# cfg_pg_recovers ARCHIVE UNTIL: has the copy of a base backup recover when it is started: with recovery.conf up to version 11, later
# with recovery.signal.
cfg_pg_recovers() {
  cfg_lines=$(printf "restore_command = 'cp \"%s/%%f\" \"%%p\"'\nrecovery_target_timeline = 'latest'\nrecovery_target_action = 'promote'\n" "$1")
  if [ "$(cfg_pg_as cat "$cfg_new/PG_VERSION")" -lt 12 ]; then
    printf '%s\n' "$cfg_lines" ${2:+"recovery_target_time = '$2+00'"} | cfg_pg_as tee "$cfg_new/recovery.conf" >/dev/null
  else
    printf '%s\n' "$cfg_lines" "recovery_target_time = '${2:+$2+00}'" | cfg_pg_as tee -a "$cfg_new/postgresql.auto.conf" >/dev/null &&
      cfg_pg_as rm -f -- "$cfg_new/standby.signal" && cfg_pg_as touch "$cfg_new/recovery.signal"
  fi
}

# cfg_pg_recovered: waits until the server has recovered and takes writes. A server that cannot recover ends.
cfg_pg_recovered() {
  until [ "$(echo 'select pg_is_in_recovery();' | cfg_pg_sql postgres 15 2>/dev/null)" = f ]; do
    { read -r cfg_pid <"$cfg_pg_data/postmaster.pid" && [ -d "/proc/$cfg_pid" ]; } 2>/dev/null || return
    sleep 0.5
  done
}

# cfg_pg_forgets: takes the settings of the recovery away: a copy of this server must not recover by them.
cfg_pg_forgets() {
  if [ "$(cfg_pg_as cat "$cfg_pg_data/PG_VERSION")" -lt 12 ]; then cfg_pg_as rm -f -- "$cfg_pg_data/recovery.done"
  else for cfg_setting in restore_command recovery_target_timeline recovery_target_action recovery_target_time; do echo "alter system reset $cfg_setting;"; done | cfg_pg_sql postgres 60; fi
}
