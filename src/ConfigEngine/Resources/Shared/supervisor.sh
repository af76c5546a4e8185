# cfg_supervisor NAME [USER]: whether the user exists, whether supervisord runs and can read its files (yes, no, wrong), whether it uses
# the program's file as it is, how many processes the program has, and how many of them run, as NAME=VALUE lines. A line "file" ends
# them. reread reads the files and changes no process.
cfg_supervisor() {
  [ -z "$2" ] || printf 'user=%s\n' "$(cfg_is_user "$2")"
  cfg_up=yes
  cfg_said=$(timeout 20 supervisorctl reread 2>&1) || [ $? != 124 ] || cfg_up=no
  case $cfg_said in *'refused connection'*|*'no such file'*) cfg_up=no;; *ERROR:*) cfg_up=wrong;; *error:*) cfg_up=no;; esac
  printf 'supervisor=%s\n' $cfg_up
  if [ $cfg_up != no ]; then
    if [ $cfg_up = wrong ] || printf '%s\n' "$cfg_said" | grep -qxF -e "$1: changed" -e "$1: available" -e "$1: disappeared"
    then echo loaded=no; else echo loaded=yes; fi
    timeout 20 supervisorctl status "$1:*" 2>/dev/null | awk '
      $2 == "RUNNING" || $2 == "STARTING" || $2 == "BACKOFF" { up++ }
      $2 ~ /^(RUNNING|STARTING|BACKOFF|STOPPED|STOPPING|EXITED|FATAL|UNKNOWN)$/ { all++ }
      END { printf "processes=%d\nrunning=%d\n", all, up }'
  fi
  echo file
}

# cfg_no_supervisor NAME: the same, also where there is no supervisord.
cfg_no_supervisor() {
  if command -v supervisorctl >/dev/null 2>&1; then cfg_supervisor "$1"; else printf 'supervisor=no\nfile\n'; fi
}

# cfg_supervisor_accepts: whether supervisord can read its configuration as it is now; a supervisord that does not run is not asked.
cfg_supervisor_accepts() {
  command -v supervisorctl >/dev/null 2>&1 || return 0
  cfg_said=$(timeout 20 supervisorctl reread 2>&1) || :
  case $cfg_said in
    *refused*|*'no such file'*) return 0;;
    *ERROR*|*error*|*Error*) printf '%s\n' "$cfg_said" >&2; return 1;;
  esac
}

# cfg_supervisor_update NAME: has supervisord use the program's file: it restarts this program and no other.
cfg_supervisor_update() {
  cfg_said=$(supervisorctl update "$1" 2>&1) || { printf '%s\n' "$cfg_said" >&2; return 1; }
  case $cfg_said in *ERROR*|*error:*) printf '%s\n' "$cfg_said" >&2; return 1;; esac
}

# cfg_supervisor_up NAME: waits until each process of a program has run for as long as it must, and says what is wrong where one does
# not.
cfg_supervisor_up() {
  while :; do
    cfg_said=$(supervisorctl status "$1:*" 2>&1) || :
    case $cfg_said in *STARTING*) sleep 0.3; continue;; esac
    case $cfg_said in
      *BACKOFF*|*FATAL*|*EXITED*|*STOPPED*|*UNKNOWN*)
        printf '%s\n' "$cfg_said" >&2
        supervisorctl tail "$(printf '%s\n' "$cfg_said" | awk '$2 != "RUNNING" { print $1; exit }')" stderr 2>/dev/null | tail -n 20 >&2
        return 1;;
    esac
    return 0
  done
}

# cfg_supervisor_start NAME: starts what does not run of a program.
cfg_supervisor_start() { supervisorctl start "$1:*" >/dev/null 2>&1 || :; cfg_supervisor_up "$1"; }

# cfg_supervisor_stop NAME: stops a program, and waits as long as its configuration says.
cfg_supervisor_stop() {
  cfg_said=$(supervisorctl stop "$1:*" 2>&1) || case $cfg_said in *'not running'*) ;; *) printf '%s\n' "$cfg_said" >&2; return 1;; esac
}

# cfg_supervisor_forget NAME: has supervisord stop and forget a program without a file; where supervisord does not run there is nothing
# to forget.
cfg_supervisor_forget() {
  command -v supervisorctl >/dev/null 2>&1 || return 0
  cfg_said=$(supervisorctl update "$1" 2>&1) || :
  case $cfg_said in
    *'refused connection'*|*'no such file'*|*'no such group'*) return 0;;
    *ERROR*|*error:*|*problems*) printf '%s\n' "$cfg_said" >&2; return 1;;
  esac
}
