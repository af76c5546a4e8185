# cfg_pg_set CLUSTER RESTART: runs the statements of standard input, which set the server's configuration; then the server is restarted
# (with RESTART, any text), or reads its configuration. If it does not start, it is started with the old settings.
cfg_pg_set() {
  cfg_pg "$1" || return
  [ -z "$cfg_pg_why" ] || { printf 'PostgreSQL %s: %s\n' "$cfg_pg_name" "$cfg_pg_why" >&2; return 1; }
  cfg_hides || return
  cfg_auto=$(echo 'show data_directory;' | cfg_pg_sql postgres 15)/postgresql.auto.conf || return
  cfg_was=$(cfg_pg_as cat "$cfg_auto") || return
  cfg_touch && cfg_pg_sql postgres 60 -o /dev/null || return
  [ -n "$2" ] || { cfg_pg_reload; return; }
  # What it does not understand at all, it says before it is stopped.
  if cfg_pg_valid && cfg_pg_restart; then return 0; fi
  printf '%s\n' "$cfg_was" | cfg_pg_as tee "$cfg_auto" >/dev/null
  cfg_pg "$1"
  if [ -n "$cfg_pg_why" ] && ! cfg_pg_restart; then printf 'PostgreSQL %s did not start with the old settings either\n' "$cfg_pg_name" >&2
  else printf 'PostgreSQL %s does not start with these settings; it runs with the old ones\n' "$cfg_pg_name" >&2; fi
  return 1
}

# cfg_pg_valid: whether the server can read its configuration.
cfg_pg_valid() {
  [ -n "$cfg_pg_conf" ] && [ -x "${cfg_pg_bin}postgres" ] || return 0
  cfg_pg_as "${cfg_pg_bin}postgres" -C data_directory -D "$cfg_pg_data" -c "config_file=$cfg_pg_conf/postgresql.conf" >/dev/null
}

# cfg_pg_reload: has the server read its configuration, and waits until new connections have it.
cfg_pg_reload() {
  cfg_then=$(echo 'select clock_timestamp(); select pg_reload_conf();' | cfg_pg_sql postgres 15) || return
  cfg_then=${cfg_then%%
*} cfg_tries=50
  while [ "$(echo "select pg_conf_load_time() >= '$cfg_then';" | cfg_pg_sql postgres 15)" != t ]; do
    cfg_tries=$((cfg_tries - 1))
    [ $cfg_tries -gt 0 ] || return 0
    sleep 0.1
  done
}

# cfg_pg_restart: restarts the server, or starts it, and waits until it answers.
cfg_pg_restart() {
  cfg_pg_start || { cfg_pg_said; return 1; }
  cfg_tries=100
  until cfg_pg "$cfg_pg_name" && [ -z "$cfg_pg_why" ] && echo 'select;' | cfg_pg_sql postgres 15 >/dev/null 2>&1; do
    cfg_tries=$((cfg_tries - 1))
    [ $cfg_tries -gt 0 ] || { echo "it was started, and does not answer" >&2; cfg_pg_said; return 1; }
    sleep 0.2
  done
}

# cfg_pg_start: starts the server, again if it runs.
cfg_pg_start() {
  cfg_pg_unit
  if [ -d /run/systemd/system ]; then timeout 240 systemctl restart "$cfg_unit"
  elif [ -n "$cfg_pg_conf" ]; then timeout 240 pg_ctlcluster "${cfg_pg_name%%/*}" "${cfg_pg_name#*/}" restart
  else timeout 240 service postgresql restart; fi
}

# cfg_pg_unit: sets cfg_unit to the server's unit.
cfg_pg_unit() { case $cfg_pg_name in */*) cfg_unit=postgresql@${cfg_pg_name%%/*}-${cfg_pg_name#*/}.service;; *) cfg_pg_home;; esac; }

# cfg_pg_home: for a server that is not a cluster of Debian: sets cfg_pg_data, cfg_pg_bin and cfg_unit, and cfg_pg_why if it is stopped.
# One that runs tells them by its process. Otherwise, they are what packages have: those of EL /var/lib/pgsql/data, and those of
# PostgreSQL for EL /var/lib/pgsql/VERSION/data, /usr/pgsql-VERSION/bin and a unit with the version.
cfg_pg_home() {
  cfg_unit=postgresql.service
  [ -n "$cfg_pg_data" ] || cfg_pg_data=$(echo 'show data_directory;' | cfg_pg_sql postgres 15 2>/dev/null) || :
  if [ -z "$cfg_pg_data" ]; then
    for cfg_file in /var/lib/pgsql/data /var/lib/pgsql/[0-9]*/data /var/lib/postgresql/data /var/lib/postgresql/[0-9]*/data; do
      [ -d "$cfg_file" ] || continue
      cfg_said=$(sed -n 's/^[[:space:]]*port[[:space:]]*=\{0,1\}[[:space:]]*\([0-9][0-9]*\).*/\1/p' "$cfg_file/postgresql.conf" 2>/dev/null | tail -n 1)
      [ "${cfg_said:-5432}" != "$cfg_pg_port" ] || { cfg_pg_data=$cfg_file; break; }
    done
  fi
  if { read -r cfg_pid <"$cfg_pg_data/postmaster.pid" && [ -d "/proc/$cfg_pid" ]; } 2>/dev/null; then
    cfg_said=$(sed -n 's/.*\/\([^/]*\.service\)$/\1/p' "/proc/$cfg_pid/cgroup" | head -n 1)
    cfg_unit=${cfg_said:-$cfg_unit}
    cfg_file=$(readlink "/proc/$cfg_pid/exe") && cfg_pg_bin=${cfg_file%/*}/
  else
    cfg_pg_why=stopped
    case $cfg_pg_data in
      /var/lib/pgsql/[0-9]*/data)
        cfg_said=${cfg_pg_data#/var/lib/pgsql/}
        cfg_pg_bin=/usr/pgsql-${cfg_said%/data}/bin/ cfg_unit=postgresql-${cfg_said%/data}.service;;
    esac
  fi
  [ -x "${cfg_pg_bin}psql" ] || cfg_pg_bin=
}

# cfg_pg_said: the last lines of the server's log.
cfg_pg_said() { cfg_pg_log 8 >&2; }

# cfg_pg_log LINES: the last lines of the server's log.
cfg_pg_log() {
  if [ -n "$cfg_pg_conf" ]; then cfg_pg_as tail -n "$1" "/var/log/postgresql/postgresql-${cfg_pg_name%%/*}-${cfg_pg_name#*/}.log"; return; fi 2>/dev/null
  cfg_pg_unit
  cfg_file=$(cfg_pg_as ls -t "$cfg_pg_data/log" 2>/dev/null | head -n 1)
  if [ -n "$cfg_file" ]; then cfg_pg_as tail -n "$1" "$cfg_pg_data/log/$cfg_file"
  elif command -v journalctl >/dev/null 2>&1; then journalctl -u "$cfg_unit" -n "$1" --no-pager -o cat 2>/dev/null; fi
}

# cfg_pg_hba CLUSTER DIGEST: the path of pg_hba.conf and what is wrong in it, in the words of the server, and then its digest and its
# content, which is left out if the digest is the given one.
cfg_pg_hba() {
  cfg_said=$(cfg_pg_ask "$1" postgres "select jsonb_build_object('path', current_setting('hba_file'), 'errors', (select coalesce(jsonb_agg('line ' || line_number || ': ' || error), '[]') from pg_hba_file_rules where error is not null));") || return
  printf '%s\n' "$cfg_said"
  case $cfg_said in '{'*) ;; *) return 0;; esac
  cfg_pg "$1" || return
  cfg_path=$(echo 'show hba_file;' | cfg_pg_sql postgres 15) || return
  cfg_sum=$(cfg_pg_as cat "$cfg_path" | cfg_digest) || return
  printf '%s\n' "$cfg_sum"
  [ "$cfg_sum" = "$2" ] || cfg_pg_as cat "$cfg_path"
}

# cfg_pg_hba_right CLUSTER: whether the server can use pg_hba.conf as it is now.
cfg_pg_hba_right() {
  cfg_pg "$1" || return
  cfg_said=$(echo "select 'line ' || line_number || ': ' || error from pg_hba_file_rules where error is not null;" | cfg_pg_sql postgres 15) || return
  [ -z "$cfg_said" ] || { printf '%s\n' "$cfg_said" >&2; return 1; }
}

# cfg_pg_read_again CLUSTER: has the server read its configuration.
cfg_pg_read_again() { cfg_pg "$1" && cfg_pg_reload; }
