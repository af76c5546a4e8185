# cfg_pg_standby CLUSTER ADDRESS PORT LAG [DELAY]: a server as a standby, as NAME=VALUE lines: what is in its data directory, from which
# primary its data is, how it connects to it, and whether it streams. LAG is how many bytes it may be behind, and DELAY how many seconds;
# empty for any number.
cfg_pg_standby() {
  cfg_pg "$1" || return
  case $cfg_pg_why in none|several|old) printf '%s=%s\n' "$cfg_pg_why" "$cfg_pg_name"; return;; esac
  cfg_pg_place || return
  [ -n "$cfg_pg_conf" ] || printf 'unit=%s\n' "$cfg_unit"
  printf 'data=%s\n' "$cfg_pg_data"
  printf 'version=%s\n' "$(cfg_pg_as cat "$cfg_pg_data/PG_VERSION" 2>/dev/null)"
  cfg_pg_content
  printf 'content=%s\n' "$cfg_content"
  cfg_pg_is_own "$2" "$3" && echo self=yes
  case $cfg_content in
    standby|server)
      cfg_pg_identifier
      printf 'conninfo=%s\nslot=%s\n' "$(cfg_pg_said_of primary_conninfo)" "$(cfg_pg_said_of primary_slot_name)"
      printf 'password=%s\n' "$(cfg_pg_as cat "$cfg_pass" 2>/dev/null | cfg_digest)";;
  esac
  if [ -n "$cfg_pg_why" ]; then echo streams=stopped
  else
    cfg_said=$(cfg_pg_lag "$4" "$5" | cfg_pg_sql postgres 15) || return
    printf '%s\n' "$cfg_said"
    if [ "$cfg_said" = streams=no ] && cfg_pg_lost; then echo lost=yes; fi
  fi
  printf 'cluster=%s\n' "$cfg_pg_name"
}

# cfg_pg_lag LAG DELAY: a statement that tells whether the server streams and, if it is behind by more than that, by how much. A standby
# that has replayed all that it received is not late, however long ago that was.
cfg_pg_lag() {
  cat <<SQL
with own as (select pg_wal_lsn_diff((select latest_end_lsn from pg_stat_wal_receiver), pg_last_wal_replay_lsn()) lag,
  case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0 else extract(epoch from now() - coalesce(pg_last_xact_replay_timestamp(), pg_postmaster_start_time())) end delay)
select case when not pg_is_in_recovery() then 'streams=primary' when not exists (select from pg_stat_wal_receiver where status = 'streaming') then 'streams=no'
  when lag > ${1:-1000000000000000000} or delay > ${2:-1000000000000}
  then concat('streams=behind', chr(10), 'lag=', lag::bigint, chr(10), 'delay=', delay::bigint, chr(10), 'paused=', pg_is_wal_replay_paused())
  else 'streams=yes' end from own;
SQL
}

# cfg_pg_place: sets cfg_pg_data where it is not known yet, because the system has no clusters, cfg_pg_bin, and cfg_pass, the file with
# the password for the primary.
cfg_pg_place() {
  if [ -z "$cfg_pg_conf" ]; then
    cfg_pg_home
    [ -n "$cfg_pg_data" ] || { printf 'no data directory is known for the server on port %s: there are no clusters of Debian, no /var/lib/pgsql/data, no /var/lib/pgsql/VERSION/data and no /var/lib/postgresql/data\n' "$cfg_pg_port" >&2; return 1; }
  fi
  cfg_pass=${cfg_pg_conf:-${cfg_pg_data%/*}}/primary.pass
}

# cfg_pg_identifier: the identifier of the server's data, as a line.
cfg_pg_identifier() { printf 'identifier=%s\n' "$(cfg_pg_as "${cfg_pg_bin}pg_controldata" "$cfg_pg_data" | sed -n 's/^Database system identifier: *//p')"; }

# cfg_pg_found CLUSTER: finds a server that will get other data, and its places.
cfg_pg_found() {
  cfg_pg "$1" || return
  case $cfg_pg_why in none|several|old) printf 'PostgreSQL %s: %s\n' "$cfg_pg_name" "$cfg_pg_why" >&2; return 1;; esac
  cfg_pg_place
}

# cfg_pg_may_replace PATH: whether its data directory may be replaced: nothing is in it, or it is that path.
cfg_pg_may_replace() {
  cfg_pg_content
  case $cfg_content in absent|empty) ;; *) [ "$1" = "$cfg_pg_data" ] || { printf '%s is not empty\n' "$cfg_pg_data" >&2; return 1; };; esac
}

# cfg_pg_content: sets cfg_content to what is in the data directory: absent, empty, standby, server, or other.
cfg_pg_content() {
  if ! [ -e "$cfg_pg_data" ]; then cfg_content=absent
  elif ! [ -d "$cfg_pg_data" ] || [ -L "$cfg_pg_data" ]; then cfg_content=other
  elif [ -z "$(ls -A -- "$cfg_pg_data")" ]; then cfg_content=empty
  elif [ -e "$cfg_pg_data/standby.signal" ] || [ -e "$cfg_pg_data/recovery.conf" ]; then cfg_content=standby
  elif [ -e "$cfg_pg_data/PG_VERSION" ]; then cfg_content=server
  else cfg_content=other; fi
}

# cfg_pg_said_of SETTING: what a standby is configured with: in recovery.conf up to version 11, later in the configuration.
cfg_pg_said_of() {
  if [ -e "$cfg_pg_data/recovery.conf" ]; then
    sed -n "s/^[[:space:]]*$1[[:space:]]*=\{0,1\}[[:space:]]*'\(.*\)'[[:space:]]*\(#.*\)\{0,1\}$/\1/p" "$cfg_pg_data/recovery.conf" | tail -n 1 | sed "s/''/'/g"
  else
    cfg_pg_as "${cfg_pg_bin}postgres" -C "$1" -D "$cfg_pg_data" ${cfg_pg_conf:+-c "config_file=$cfg_pg_conf/postgresql.conf"} 2>/dev/null
  fi
}

# cfg_pg_is_own ADDRESS PORT: whether that is this very server.
cfg_pg_is_own() {
  [ "$2" = "$cfg_pg_port" ] || return
  case $1 in localhost|127.*|::1) return 0;; esac
  ! command -v ip >/dev/null 2>&1 || ip -o address show | grep -F -e " $1/" >/dev/null
}

# cfg_pg_lost: whether the server's log ends with a primary that no longer has the WAL that the standby needs.
cfg_pg_lost() { cfg_pg_log 20 | grep -e 'requested WAL segment .* has already been removed' -e 'can no longer .* replication slot' >/dev/null; }

# cfg_pg_build CLUSTER ADDRESS PORT USER NAME SLOT IDENTIFIER REPLACE: makes a server the standby of a primary: a copy of its data is
# made beside the data directory, and takes its place when it is complete. A directory that is not empty is replaced only if REPLACE is
# its path. The line of the password file comes on standard input. IDENTIFIER is that of the primary's data; empty for any.
cfg_pg_build() {
  cfg_hides || return
  cfg_pg_found "$1" && cfg_pg_write_pass && cfg_pg_may_replace "$8" || return
  cfg_new=$cfg_pg_data.cfg-new
  cfg_pg_conninfo "$2" "$3" "$4" "$5"
  cfg_said=$(echo 'IDENTIFY_SYSTEM;' | cfg_pg_as timeout -k 5 30 "${cfg_pg_bin}psql" -XAtqw "$cfg_conninfo replication=1") || return
  [ -z "$7" ] || [ "${cfg_said%%|*}" = "$7" ] || { printf 'the server at %s has the identifier %s, and not %s: it is another one\n' "$2" "${cfg_said%%|*}" "$7" >&2; return 1; }
  cfg_touch && cfg_pg_as rm -rf -- "$cfg_new" || return
  cfg_pg_as "${cfg_pg_bin}pg_basebackup" -D "$cfg_new" -X stream -R -w --checkpoint=fast ${6:+--slot="$6"} -d "$cfg_conninfo" || { cfg_pg_as rm -rf -- "$cfg_new"; return 1; }
  [ ! -e "$cfg_new/recovery.conf" ] || cfg_pg_recovery_conf "$cfg_new" "$6" || return
  if [ -z "$cfg_pg_why" ]; then cfg_pg_halt || return; fi
  # shellcheck disable=SC2016 # for the other shell to expand
  cfg_pg_as sh -c '[ ! -e "$2" ] || mv -- "$2" "$2.cfg-old" && mv -- "$1" "$2" && chmod 700 -- "$2" && rm -rf -- "$2.cfg-old"' sh "$cfg_new" "$cfg_pg_data" || return
  cfg_pg_restart && cfg_pg_streams
}

# cfg_pg_follow CLUSTER ADDRESS PORT USER NAME SLOT RESTART: has a standby connect to its primary in another way, or again, with a
# restart if RESTART is any text. The line of the password file comes on standard input.
cfg_pg_follow() {
  cfg_hides || return
  cfg_pg "$1" && cfg_pg_place && cfg_touch && cfg_pg_write_pass || return
  cfg_pg_conninfo "$2" "$3" "$4" "$5"
  if [ -e "$cfg_pg_data/recovery.conf" ]; then
    cfg_pg_recovery_conf "$cfg_pg_data" "$6" || return
  else
    [ -z "$cfg_pg_why" ] || cfg_pg_restart || return
    printf "alter system set primary_conninfo to '%s';\nalter system set primary_slot_name to '%s';\n" "$cfg_conninfo" "$6" | cfg_pg_sql postgres 30 || return
  fi
  if [ -n "$7" ] || [ -e "$cfg_pg_data/recovery.conf" ]; then cfg_pg_restart; else cfg_pg_reload; fi && cfg_pg_streams
}

# cfg_pg_recovery_conf DIRECTORY SLOT: writes how a standby up to version 11 connects to its primary, and that it follows it to another
# timeline, which pg_basebackup does not write.
cfg_pg_recovery_conf() {
  printf "standby_mode = 'on'\nprimary_conninfo = '%s'\nprimary_slot_name = '%s'\nrecovery_target_timeline = 'latest'\n" "$cfg_conninfo" "$2" |
    cfg_pg_as tee "$1/recovery.conf" >/dev/null
}

# cfg_pg_know CLUSTER: writes the password file from standard input.
cfg_pg_know() { cfg_hides && cfg_pg "$1" && cfg_pg_place && cfg_touch && cfg_pg_write_pass; }

# cfg_pg_conninfo ADDRESS PORT USER NAME: sets cfg_conninfo.
cfg_pg_conninfo() { cfg_conninfo="host=$1 port=$2 user=$3 application_name=$4 passfile=$cfg_pass connect_timeout=10"; }

# cfg_pg_write_pass: writes the password file of the server from standard input; an empty input leaves it alone.
cfg_pg_write_pass() {
  cfg_line=$(cat)
  [ -z "$cfg_line" ] || printf '%s\n' "$cfg_line" | cfg_write "$cfg_pass" "$cfg_pg_owner" "$(id -gn -- "$cfg_pg_owner")" 0600 ''
}

# cfg_pg_halt: stops the server.
cfg_pg_halt() {
  cfg_pg_unit
  if [ -d /run/systemd/system ]; then timeout 240 systemctl stop "$cfg_unit"
  elif [ -n "$cfg_pg_conf" ]; then timeout 240 pg_ctlcluster "${cfg_pg_name%%/*}" "${cfg_pg_name#*/}" stop
  else timeout 240 service postgresql stop; fi
}

# cfg_pg_streams: waits until the standby receives WAL from its primary.
cfg_pg_streams() {
  cfg_tries=100
  until [ "$(echo "select exists (select from pg_stat_wal_receiver where status = 'streaming');" | cfg_pg_sql postgres 15 2>/dev/null)" = t ]; do
    cfg_tries=$((cfg_tries - 1))
    [ $cfg_tries -gt 0 ] || { echo 'the standby runs, and receives nothing from its primary; its log ends with:' >&2; cfg_pg_said; return 1; }
    sleep 0.3
  done
}
