# How each service checks its configuration in a copy (see checks.sh).

cfg_check_sshd() {
  command -v sshd >/dev/null 2>&1 || return 0
  cfg_shadow . "$@" && cfg_includes "$cfg_root" "$cfg_twin" || return
  [ -e "$cfg_twin/sshd_config" ] || return 0
  # The service creates this directory when it starts; without it, sshd checks nothing.
  [ -d /run/sshd ] || mkdir -m 0755 /run/sshd 2>/dev/null
  cfg_judge "$(command -v sshd)" -t -f "$cfg_twin/sshd_config"
}

cfg_check_sudo() {
  command -v visudo >/dev/null 2>&1 || return 0
  cfg_shadow 'sudoers sudoers.d' "$@" && cfg_includes "$cfg_root/sudoers.d" "$cfg_root" || return
  if [ -e "$cfg_twin/sudoers" ]; then cfg_judge visudo -cf "$cfg_twin/sudoers"
  elif [ -f "$cfg_new" ]; then cfg_judge visudo -cf "$cfg_new"; fi
}

# logrotate ends with 0 after most mistakes, and names a file without its directory. With -d it changes nothing.
cfg_check_logrotate() {
  command -v logrotate >/dev/null 2>&1 || return 0
  cfg_shadow 'logrotate.conf logrotate.d' "$@" && cfg_includes "$cfg_root/logrotate.d" "$cfg_root" || return
  # A cfg that was killed may have left a new file there, which is read, too (see cfg_temp).
  rm -rf -- "$cfg_twin"/logrotate.d/.cfg.*
  [ -e "$cfg_twin/logrotate.conf" ] || printf 'include %s\n' "$cfg_twin/logrotate.d" >"$cfg_twin/logrotate.conf"
  chmod go-w "$cfg_twin/logrotate.conf" || return 2
  cfg_said=$(cd / && timeout 60 logrotate -d -s "$cfg_dir/state" "$cfg_twin/logrotate.conf" 2>&1 </dev/null) || [ $? != 124 ] || return 2
  cfg_said=$(printf '%s\n' "$cfg_said" | sed -n -e "s|$cfg_dir||g" -e "s|^error: \([^/ :]*\):\([0-9]\)|error: $cfg_root/logrotate.d/\1:\2|" -e '/^error: /p')
  [ -z "$cfg_said" ] || { printf '%s\n' "$cfg_said" >&2; return 1; }
}

cfg_check_nginx() {
  command -v nginx >/dev/null 2>&1 || return 0
  cfg_shadow . "$@" && cfg_repoint || return
  [ -e "$cfg_twin/nginx.conf" ] || return 0
  cfg_judge nginx -q -t -c "$cfg_twin/nginx.conf"
}

cfg_check_apache() {
  command -v apache2ctl >/dev/null 2>&1 || return 0
  cfg_shadow . "$@" && cfg_repoint || return
  [ -e "$cfg_twin/apache2.conf" ] && [ -e "$cfg_twin/envvars" ] || return 0
  cfg_judge env "APACHE_CONFDIR=$cfg_twin" apache2ctl -t
}

# haproxy's files are those on the command line of its service: several files, or a directory.
cfg_check_haproxy() {
  command -v haproxy >/dev/null 2>&1 || return 0
  cfg_shadow . "$@" && cfg_repoint || return
  cfg_words=$(cfg_haproxy_words) cfg_flag=
  set -f
  set --
  for cfg_word in ${cfg_words:--f /etc/haproxy/haproxy.cfg}; do
    case $cfg_flag:$cfg_word in
      -f:"$cfg_root"/*|-f:"$cfg_root") cfg_word=$cfg_dir$cfg_word; [ ! -e "$cfg_word" ] || set -- "$@" -f "$cfg_word";;
      -f:*) set -- "$@" -f "$cfg_word";;
    esac
    cfg_flag=$cfg_word
  done
  set +f
  [ $# -gt 0 ] || return 0
  cfg_judge haproxy -c "$@"
}

# cfg_haproxy_words: the command line of its service, one word per line, with the variables that systemd would replace.
cfg_haproxy_words() {
  cfg_line=$(systemctl show --property=ExecStart --value haproxy.service 2>/dev/null | sed -n 's/.*argv\[\]=\([^;]*\) ;.*/\1/p' | head -n 1)
  [ -n "$cfg_line" ] || return 0
  cfg_values=$(
    systemctl show --property=Environment --value haproxy.service | xargs -n 1
    systemctl show --property=EnvironmentFiles --value haproxy.service | while read -r cfg_file cfg_rest; do
      [ ! -f "$cfg_file" ] || sed -n "s/^[[:space:]]*\([A-Za-z_][A-Za-z_0-9]*\)=[\"']\{0,1\}\([^\"']*\)[\"']\{0,1\}[[:space:]]*$/\1=\2/p" "$cfg_file"
    done)
  set -f
  for cfg_word in $cfg_line; do
    case $cfg_word in
      '$'*)
        cfg_word=${cfg_word#?} cfg_word=${cfg_word#'{'} cfg_word=${cfg_word%'}'}
        # shellcheck disable=SC2046 # words
        printf '%s\n' $(printf '%s\n' "$cfg_values" | sed -n "s/^$cfg_word=//p" | tail -n 1);;
      *) printf '%s\n' "$cfg_word";;
    esac
  done
}

# PostgreSQL reads the whole configuration to tell the value of one setting, and refuses to do that for root.
cfg_check_postgresql() {
  cfg_version=${cfg_root%/*}
  cfg_program=/usr/lib/postgresql/${cfg_version##*/}/bin/postgres
  [ -x "$cfg_program" ] && [ -e "$cfg_root/postgresql.conf" ] || return 0
  cfg_owner=$(stat -c %U -- "$cfg_root/postgresql.conf") || return 2
  [ "$cfg_owner" != root ] || cfg_owner=postgres
  cfg_shadow . "$@" && cfg_repoint || return
  [ -e "$cfg_twin/postgresql.conf" ] || return 0
  if [ "$(id -un)" = "$cfg_owner" ]; then set --
  elif [ "$(id -u)" = 0 ] && command -v runuser >/dev/null 2>&1; then
    set -- runuser -u "$cfg_owner" --
    # They may read the copy, but not write it; root removes it.
    cfg_of=$(id -g "$cfg_owner") && chown -h -R "0:$cfg_of" "$cfg_dir" && chmod -R g+rX "$cfg_dir" || return 2
  else return 0; fi
  cfg_judge "$@" "$cfg_program" -C config_file -D "$cfg_twin" -c "config_file=$cfg_twin/postgresql.conf"
}

# cfg_check_access PATH: whether the running server accepts the pg_hba.conf or pg_ident.conf in its place. The server reads the file
# again for that, and continues with the old one if it is wrong. No other tool knows these files: if no server uses it, or the
# server cannot tell, there is no message.
cfg_check_access() {
  cfg_root=${1%/*} cfg_name=${1##*/}
  cfg_version=${cfg_root%/*}; cfg_version=${cfg_version##*/}
  command -v psql >/dev/null 2>&1 || return 0
  cfg_owner=$(stat -c %U -- "$cfg_root/postgresql.conf") || return 0
  case $cfg_name in
    pg_hba.conf) cfg_ask="select 'line ' || line_number || ': ' || error from pg_hba_file_rules where error is not null" cfg_name=hba_file;;
    *) cfg_ask="select 'line ' || line_number || ': ' || error from pg_ident_file_mappings where error is not null" cfg_name=ident_file;;
  esac
  set -- "$1" timeout 30 psql -X -q -A -t -w --cluster "$cfg_version/${cfg_root##*/}" -d postgres
  cfg_path=$1; shift
  [ "$(id -un)" = "$cfg_owner" ] || set -- runuser -u "$cfg_owner" -- "$@"
  [ "$(cd / && "$@" -c "show $cfg_name" 2>/dev/null)" = "$cfg_path" ] || return 0
  cfg_said=$(cd / && "$@" -c "$cfg_ask" 2>/dev/null) || return 0
  [ -z "$cfg_said" ] || { printf '%s: %s\n' "$cfg_path" "$cfg_said" >&2; return 1; }
}
