# cfg_pg CLUSTER: finds a server of PostgreSQL. CLUSTER is the VERSION/NAME of a cluster as Debian has them, a port, or empty: then it
# is the only cluster, or the server on port 5432 if the system has no clusters. Sets cfg_pg_name, cfg_pg_owner, cfg_pg_port,
# cfg_pg_host, cfg_pg_bin, and for a cluster cfg_pg_conf and cfg_pg_data. cfg_pg_why is set if no server runs there: none, several or
# stopped; or old, if its version is not supported.
cfg_pg() {
  cfg_pg_name=$1 cfg_pg_owner=postgres cfg_pg_port=5432 cfg_pg_host='' cfg_pg_bin='' cfg_pg_conf='' cfg_pg_data='' cfg_pg_why=''
  case $1 in
    '')
      set -- /etc/postgresql/*/*/postgresql.conf
      if [ $# -gt 1 ]; then cfg_pg_why=several cfg_pg_name=; for cfg_file; do cfg_file=${cfg_file#/etc/postgresql/}; cfg_pg_name="$cfg_pg_name${cfg_pg_name:+ }${cfg_file%/*}"; done; return; fi
      [ -e "$1" ] || { cfg_pg_name=5432; return 0; }
      cfg_pg_name=${1#/etc/postgresql/}; cfg_pg_name=${cfg_pg_name%/*};;
    */*) [ -e "/etc/postgresql/$1/postgresql.conf" ] || { cfg_pg_why=none; return 0; };;
    *) cfg_pg_port=$1; return;;
  esac
  case $cfg_pg_name in [0-9].*|10/*) cfg_pg_why=old; return 0;; esac
  cfg_pg_conf=/etc/postgresql/$cfg_pg_name
  cfg_pg_owner=$(stat -c %U -- "$cfg_pg_conf/postgresql.conf") || return
  cfg_pg_data=$(sed -n "s/^[[:space:]]*data_directory[[:space:]]*=\{0,1\}[[:space:]]*'\([^']*\)'.*/\1/p" "$cfg_pg_conf/postgresql.conf" | tail -n 1)
  cfg_pg_data=${cfg_pg_data:-/var/lib/postgresql/$cfg_pg_name}
  # Without the wrapper of Debian, which is a program in Perl.
  cfg_pg_bin=/usr/lib/postgresql/${cfg_pg_name%%/*}/bin/
  [ -x "${cfg_pg_bin}psql" ] || cfg_pg_bin=''
  if { read -r cfg_pid && read -r _ && read -r _ && read -r cfg_pg_port && read -r cfg_pg_host; } 2>/dev/null <"$cfg_pg_data/postmaster.pid" && [ -d "/proc/$cfg_pid" ]; then :
  else cfg_pg_why=stopped; fi
}

# cfg_pg_as COMMAND...: runs a command as the owner of the server, with nothing of the session's environment.
cfg_pg_as() {
  set -- env -i "PATH=$PATH" LC_ALL=C HOME=/ PGCONNECT_TIMEOUT=10 PGCLIENTENCODING=UTF8 PGAPPNAME=cfg "$@"
  # shellcheck disable=SC2016 # for the other shell to expand
  if [ "$(id -un)" = "$cfg_pg_owner" ]; then "$@"
  elif command -v runuser >/dev/null 2>&1; then runuser -u "$cfg_pg_owner" -- "$@"
  else su -s /bin/sh "$cfg_pg_owner" -c 'exec "$0" "$@"' -- "$@"; fi
}

# cfg_pg_sql DATABASE SECONDS OPTION...: runs the SQL of standard input. Only what the system itself defines is found without a schema:
# anybody may have made functions in others. A message never repeats the statement.
cfg_pg_sql() {
  cfg_base=$1 cfg_limit=$2
  shift 2
  cfg_pg_as "PGDATABASE=$cfg_base" "PGOPTIONS=-c search_path=pg_catalog -c client_min_messages=error -c statement_timeout=${cfg_limit}s -c lock_timeout=10s" \
    timeout -k 5 "$((cfg_limit + 15))" "${cfg_pg_bin}psql" -X -q -A -t -w -v ON_ERROR_STOP=1 -v VERBOSITY=terse -p "$cfg_pg_port" ${cfg_pg_host:+-h "$cfg_pg_host"} "$@" -f -
}

# cfg_pg_ask CLUSTER DATABASE SQL [DATABASE SQL]...: what the server answers, null for a database that does not exist, and a last line
# with the cluster, or why it cannot be asked.
cfg_pg_ask() {
  cfg_pg "$1" || return
  shift
  while [ -z "$cfg_pg_why" ] && [ $# -gt 1 ]; do
    { cfg_said=$(printf '%s\n' "$2" | cfg_pg_sql "$1" 15 2>&1 >&3 3>&-) || case $cfg_said in
        *FATAL:*"database \"$1\" does not exist"*) echo null >&3;;
        *'No such file or directory'*|*'Connection refused'*) cfg_pg_why=stopped;;
        *)
          if cfg_pg_is_old; then cfg_pg_why=old
          else printf '%s: %s\n' "$cfg_pg_name" "${cfg_said:-it does not answer}" >&2; return 1; fi;;
      esac; } 3>&1
    shift 2
  done
  printf '%s=%s\n' "${cfg_pg_why:-cluster}" "$cfg_pg_name"
}

# cfg_pg_is_old: whether the server's version is not supported.
cfg_pg_is_old() { cfg_version=$(echo 'show server_version_num;' | cfg_pg_sql postgres 15 2>/dev/null) && [ "$cfg_version" -lt 110000 ]; }

# cfg_pg_do CLUSTER DATABASE [OPTION...]: runs the SQL of standard input, as one transaction with the option -1.
cfg_pg_do() {
  cfg_pg "$1" || return
  [ -z "$cfg_pg_why" ] || { printf 'PostgreSQL %s: %s\n' "$cfg_pg_name" "$cfg_pg_why" >&2; return 1; }
  cfg_base=$2
  shift 2
  cfg_touch && cfg_pg_sql "$cfg_base" 240 -o /dev/null "$@"
}
