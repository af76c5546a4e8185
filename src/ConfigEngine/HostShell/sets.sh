# How many probes are asked together. One by one, each of them starts processes of its own; together, one stat(1) tells about all
# paths, and one getent(1) about all users. A function that can be asked like that has three more beside it: cfg_want_NAME notes
# a call, cfg_find_NAME asks for all noted calls at once, and cfg_tell_NAME answers one call from that, without any process. The
# answer is exactly the function's own. Where cfg_tell_NAME is not sure of that, it returns 1, and the probe is asked alone. All of
# this is for subshells.
cfg_nl='
'

# cfg_set MARK: begins a set. The mark cannot be guessed; it ends each answer.
cfg_set() { cfg_s_mark=$1 cfg_s_members=0 cfg_s_kinds='' cfg_s_users=' ' cfg_s_groups=' ' cfg_s_accounts=''; }

# cfg_look CALL [SEPARATOR CALL]...: adds a probe to the set: calls of functions, and the text between them.
cfg_look() {
  cfg_s_members=$((cfg_s_members + 1)) cfg_s_whole='' cfg_s_tells=:
  while :; do
    cfg_s_whole=$cfg_s_whole$1 cfg_s_call=${1#cfg_} cfg_index=''
    eval "cfg_want_$cfg_s_call"
    # Only the end of an answer can be outside of it.
    cfg_s_tells="$cfg_s_tells && [ -z \"\$cfg_tail\" ] && cfg_index=$cfg_index && cfg_tell_$cfg_s_call"
    [ $# -gt 1 ] || break
    cfg_s_whole=$cfg_s_whole$2
    shift 2
  done
  eval "cfg_s_whole_$cfg_s_members=\$cfg_s_whole cfg_s_tells_$cfg_s_members=\$cfg_s_tells"
}

# cfg_wants NAME: notes that there is a call of that kind. Returns 1 if there was one before.
cfg_wants() {
  case " $cfg_s_kinds " in *" $1 "*) return 1;; esac
  cfg_s_kinds="$cfg_s_kinds $1"
}

# cfg_answer_all: answers all probes of the set, each with its mark, number and exit code after it. First those that are answered
# from what was asked together; the ends of their answers that are contents of files follow as the answer of number 0, one after the
# other, and their sizes and digests are beside the exit codes. The others follow, each on its own, as long as there is time.
cfg_answer_all() {
  for cfg_s_kind in $cfg_s_kinds; do "cfg_find_$cfg_s_kind"; done
  cfg_s_alone='' cfg_s_carried=0 cfg_s_member=0
  set --
  while [ "$cfg_s_member" -lt "$cfg_s_members" ]; do
    cfg_s_member=$((cfg_s_member + 1))
    eval "cfg_s_tells=\$cfg_s_tells_$cfg_s_member"
    cfg_said='' cfg_tail='' cfg_tail_at='' cfg_s_told=0
    eval "$cfg_s_tells" || cfg_s_told=$?
    [ -z "$cfg_tail" ] || [ $((cfg_s_carried + ${cfg_tail%% *})) -le 16777216 ] || cfg_s_told=1
    case $cfg_s_told in
      0)
        printf '%s' "$cfg_said"
        cfg_s_end 0 "$cfg_tail"
        if [ -n "$cfg_tail" ]; then set -- "$@" "$cfg_tail_at"; cfg_s_carried=$((cfg_s_carried + ${cfg_tail%% *})); fi;;
      2) printf '%s\n' "$cfg_said" >&2; cfg_s_end 1; cfg_s_end_error;;
      *) cfg_s_alone="$cfg_s_alone $cfg_s_member";;
    esac
  done
  if [ $# -gt 0 ]; then
    timeout -k 2 30 cat -- "$@" 2>/dev/null
    cfg_s_member=0
    cfg_s_end 0
  fi
  read -r cfg_s_begun cfg_s_rest </proc/uptime || cfg_s_begun=0
  for cfg_s_member in $cfg_s_alone; do
    read -r cfg_s_now cfg_s_rest </proc/uptime || cfg_s_now=0
    [ $((${cfg_s_now%.*} - ${cfg_s_begun%.*})) -lt 45 ] || return 0
    eval "cfg_s_whole=\$cfg_s_whole_$cfg_s_member"
    cfg_limited 55 "$cfg_s_whole"
    if [ -z "$cfg_limit_over" ]; then cfg_s_end "$cfg_code"; cfg_s_end_error; continue; fi
    echo 'it did not answer within 55 s, and was ended' >&2
    cfg_s_end 124
    cfg_s_end_error
    # What it has started may still print, so nothing more is asked here.
    return 143
  done
}

# cfg_see SCRIPT: keeps what a script with cfg_guards prints, for cfg_was_seen.
cfg_see() { cfg_guard_sums=$(eval "$1") || :; }

# cfg_guards NUMBER: prints the digests of the answers of a set, each with the number of its step; the first one has that number. An
# answer that is not sure, or that contents of files follow, is left out: its step asks for it.
cfg_guards() {
  cfg_s_number=$1 cfg_s_member=0
  for cfg_s_kind in $cfg_s_kinds; do "cfg_find_$cfg_s_kind"; done
  umask 077
  cd "$cfg_run" || return
  set --
  while [ "$cfg_s_member" -lt "$cfg_s_members" ]; do
    cfg_s_member=$((cfg_s_member + 1))
    eval "cfg_s_tells=\$cfg_s_tells_$cfg_s_member"
    cfg_said='' cfg_tail=''
    if eval "$cfg_s_tells" && [ -z "$cfg_tail" ] && printf %s "$cfg_said" >"guard.$cfg_s_number"; then set -- "$@" "guard.$cfg_s_number"; fi
    cfg_s_number=$((cfg_s_number + 1))
  done
  [ $# -gt 0 ] || return 0
  sha256sum -- "$@"
  rm -f -- "$@"
}

# cfg_s_end EXIT [SIZE DIGEST], cfg_s_end_error: end an answer on standard output, and on standard error.
cfg_s_end() { printf '\n%s %s %s%s\n' "$cfg_s_mark" "$cfg_s_member" "$1" "${2:+ $2}"; }
cfg_s_end_error() { printf '\n%s %s\n' "$cfg_s_mark" "$cfg_s_member" >&2; }

# cfg_limited SECONDS SCRIPT: runs a script, and ends it with everything that it started after that time. Sets cfg_code to its exit
# code, and cfg_limit_over if it was ended. Neither keeps the lock of the host (keeper.sh).
cfg_limited() {
  cfg_limit_over=
  ( eval "$2" ) </dev/null 9>&- &
  cfg_job=$!
  (
    # A shell that has just begun to start sleep(1) would lose any other signal.
    trap 'kill -s KILL $! 2>/dev/null; exit 0' TERM
    sleep "$1" &
    wait $!
    cfg_end_below "$cfg_job"
    exit 1
  ) </dev/null >/dev/null 2>&1 9>&- &
  cfg_timer=$!
  cfg_code=0
  wait "$cfg_job" || cfg_code=$?
  kill "$cfg_timer" 2>/dev/null
  wait "$cfg_timer" 2>/dev/null || [ $? != 1 ] || cfg_limit_over=yes
}

# cfg_want_needs, cfg_want_needs_any TOOL...: see cfg_needs.
cfg_want_needs() { :; }
cfg_tell_needs() { for cfg_tool; do command -v "$cfg_tool" >/dev/null 2>&1 || return 1; done; }
cfg_want_needs_any() { :; }
cfg_tell_needs_any() { for cfg_tool; do ! command -v "$cfg_tool" >/dev/null 2>&1 || return 0; done; return 1; }

# cfg_want_echo WORD...: echo with plain words.
cfg_want_echo() { :; }
cfg_tell_echo() { cfg_said="$cfg_said$*$cfg_nl"; }

# cfg_note_user, cfg_note_group NAME: whether such a user or group exists will be asked.
cfg_note_user() { case $cfg_s_users in *" $1 "*) ;; *) cfg_s_users="$cfg_s_users$1 ";; esac; }
cfg_note_group() { case $cfg_s_groups in *" $1 "*) ;; *) cfg_s_groups="$cfg_s_groups$1 ";; esac; }

# cfg_find_accounts: finds out which of these users and groups exist.
cfg_find_accounts() {
  [ -z "$cfg_s_accounts" ] || return 0
  cfg_s_accounts=found
  cfg_entries passwd "$cfg_s_users"
  cfg_those_there "$cfg_s_users" id -u
  cfg_s_passwd=$cfg_s_entries cfg_s_passwd_code=$cfg_s_code cfg_s_users_there=$cfg_s_there
  cfg_entries group "$cfg_s_groups"
  cfg_those_there "$cfg_s_groups" cfg_group
  cfg_s_group=$cfg_s_entries cfg_s_group_code=$cfg_s_code cfg_s_groups_there=$cfg_s_there
}

# cfg_those_there NAMES COMMAND...: sets cfg_s_there to the names that exist: they have an entry, or, where that is not sure, the
# command knows them.
cfg_those_there() {
  cfg_s_names=$1 cfg_s_there=' '
  shift
  for cfg_name in $cfg_s_names; do
    case $cfg_s_entries in
      *"$cfg_nl$cfg_name:"*) ;;
      *) [ -z "$cfg_s_sure" ] && "$@" "$cfg_name" >/dev/null 2>&1 || continue;;
    esac
    cfg_s_there="$cfg_s_there$cfg_name "
  done
}

# cfg_entries DATABASE NAMES: sets cfg_s_entries to the entries of these names, and cfg_s_code to the exit code of getent(1). A name
# service may know a name in another spelling. cfg_s_sure is set if that is not so: then a name without an entry does not exist.
cfg_entries() {
  cfg_s_entries=$cfg_nl cfg_s_code=0 cfg_s_sure=
  [ "${2% }" != '' ] || return 0
  command -v getent >/dev/null 2>&1 || { cfg_s_code=1; return 0; }
  # shellcheck disable=SC2086 # names
  cfg_s_out=$(timeout -k 2 20 getent "$1" $2 2>/dev/null) || cfg_s_code=$?
  cfg_s_entries=$cfg_nl$cfg_s_out$cfg_nl
  case $cfg_s_code in 0|2) cfg_s_sure=yes;; *) return 0;; esac
  cfg_s_ifs=$IFS; IFS=$cfg_nl; set -f
  for cfg_s_line in $cfg_s_out; do case " $2 " in *" ${cfg_s_line%%:*} "*) ;; *) cfg_s_sure=;; esac; done
  IFS=$cfg_s_ifs; set +f
}

# cfg_is_there NAMES NAME: whether the name is among them.
cfg_is_there() { case $1 in *" $2 "*) ;; *) return 1;; esac; }
