namespace ConfigEngine;

/// <summary>
/// The functions of a session that changes its host: they keep others away, what is owed, and what must not be cut in half.
/// Sent once, with the request for the lock.
/// </summary>
/// <remarks>
/// What outlives a session is in <c>$cfg_kept</c>: <c>owed/</c>, a file of JSON lines for each handler that was called for and has
/// not run; <c>work.log</c> and <c>work.done</c>, what a supervised operation said and its exit code, until somebody read it.
/// What ends with it is in <c>$cfg_run</c>: <c>lock</c>, <c>holder</c>, <c>step</c>, <c>beat</c>.
/// </remarks>
static class Keeper
{
    /// <summary>The exit code of a lock that somebody else has; standard output says who.</summary>
    public const int Locked = 95;

    /// <summary>The exit code of a host where no record can be kept; standard error says why.</summary>
    public const int CannotKeep = 94;

    /// <summary>The exit code of a handler that nobody owes any more.</summary>
    public const int NotOwed = 93;

    /// <summary>After how many seconds without a word a session is taken for dead: as long as ssh takes to find out.</summary>
    public const int Silence = 30;

    /// <summary>
    /// Finds where the records are, for a session of this user: <c>$cfg_kept</c> and <c>$cfg_run</c>. <c>CFG_RECORDS</c> in the session's
    /// environment names another directory for both.
    /// </summary>
    public const string Places = """
        if [ -n "$CFG_RECORDS" ]; then cfg_kept=$CFG_RECORDS cfg_run=$CFG_RECORDS/run
        elif [ "$(id -u)" = 0 ]; then cfg_kept=/var/lib/configengine cfg_run=/run/configengine
        else cfg_kept=${XDG_STATE_HOME:-$HOME/.local/state}/configengine/host cfg_run=$cfg_kept/run; fi

        """;

    /// <summary>The text that defines the functions. They need flock(1) of util-linux or busybox.</summary>
    public const string Text = """
        # cfg_take SECONDS HOLDER PROCESS: takes the lock of this host for this shell, or says who has it; what the same process has, a
        # run beside this one, is waited for. The kernel gives it back when the last process that has it open is gone: this shell,
        # or an operation under supervision that outlives it.
        cfg_take() {
          command -v flock >/dev/null || { echo 'flock is not installed; it is part of util-linux' >&2; return 94; }
          (umask 077; mkdir -p "$cfg_kept/owed" "$cfg_run" && true >>"$cfg_run/lock") || return 94
          exec 9>>"$cfg_run/lock"
          cfg_waited=0
          until flock -n 9; do
            cfg_may=$1
            [ -z "$3" ] || ! grep -qxF -- "process=$3" "$cfg_run/holder" 2>/dev/null || cfg_may=60
            [ "$cfg_waited" -lt "$cfg_may" ] || { exec 9>&-; cfg_holder; return 95; }
            sleep 1; cfg_waited=$((cfg_waited + 1))
          done
          cfg_inherit || { exec 9>&-; return 94; }
          (umask 077; printf '%s\nshell=%s\nanchor=%s\n' "$2" $$ "$cfg_anchor" >"$cfg_run/holder" && : >"$cfg_run/step") || return 94
          rm -f "$cfg_run/uncut" "$cfg_kept"/work.*
          read -r cfg_boot </proc/sys/kernel/random/boot_id
          for cfg_file in "$cfg_kept"/owed/*@*; do
            case $cfg_file in *'/*@*'|*@"$cfg_boot") ;; *) rm -f -- "$cfg_file";; esac
          done
          cfg_beat() { printf '%s %s\n' "$1" "$2" 2>/dev/null >"$cfg_run/beat"; }
          cfg_beat 0 0
          cfg_watch 10
          trap 'kill $cfg_watcher 2>/dev/null; rm -f "$cfg_run/holder" "$cfg_run/step" "$cfg_run/beat"' EXIT
        }

        # cfg_inherit: a run that is gone may have had the host put back what it changed (see LifelineScript). Who has come in and has the
        # lock is the proof that the way is open: that must not go off in the middle of this run. Where it has gone off, its end is waited for.
        cfg_inherit() {
          [ -e "$cfg_kept/lifeline/armed" ] && [ ! -e "$cfg_kept/lifeline/verdict" ] || return 0
          read -r cfg_armed <"$cfg_kept/lifeline/armed"
          if mkdir "$cfg_kept/lifeline/decided$cfg_armed" 2>/dev/null; then echo confirmed >"$cfg_kept/lifeline/verdict"; return; fi
          cfg_tries=0
          until [ -e "$cfg_kept/lifeline/verdict" ]; do
            [ $cfg_tries -lt 60 ] || { echo 'the host does not get done with putting back what a run changed that is gone' >&2; return 1; }
            sleep 1; cfg_tries=$((cfg_tries + 1))
          done
        }

        # cfg_at ADDRESS: notes for others what this run is doing.
        cfg_at() { printf '%s\n' "$1" >"$cfg_run/step"; }

        # cfg_owe NAME LINE: from now on a handler is owed. Before the change that calls for it, so that it cannot be forgotten. The
        # line is written by cat, because some shells' own printf does not say why it cannot.
        cfg_owe() {
          if [ -e "$cfg_kept/owed/$1" ]; then printf '%s\n' "$2" | cat >>"$cfg_kept/owed/$1"; return; fi
          if printf '%s\n' "$2" | cat >"$cfg_kept/owed/$1"; then sync "$cfg_kept/owed/$1" 2>/dev/null || sync
          else rm -f -- "$cfg_kept/owed/$1"; return 1; fi
        }

        # cfg_owing NAME SCRIPT: runs what is owed, under supervision, and strikes it off when it succeeded.
        cfg_owing() {
          [ -e "$cfg_kept/owed/$1" ] || return 93
          cfg_uncut "$2" "rm -f -- \"\$cfg_kept/owed/$1\""
          cfg_code=$?
          [ $cfg_code != 93 ] || cfg_code=1
          return $cfg_code
        }

        # cfg_reboot SECONDS MESSAGE: arranges a reboot, and returns before it begins. systemd's timer is nobody's child; without it
        # a process waits that nothing but the reboot ends.
        cfg_reboot() {
          [ -z "$2" ] || wall "$2" 2>/dev/null || :
          if [ -d /run/systemd/system ]; then
            systemd-run --quiet --collect --on-active="$1s" --timer-property=AccuracySec=100ms systemctl reboot && return
          fi
          command -v reboot >/dev/null || { echo 'there is no reboot command' >&2; return 1; }
          ( trap '' HUP; sleep "$1"; reboot || shutdown -r now ) >/dev/null 2>&1 </dev/null 9>&- &
        }

        # cfg_uncut SCRIPT [THEN]: runs a script that must not be cut in half, and something behind it when it succeeded: both finish
        # also when this shell and its connection are gone. The lock stays until then, and the result until somebody reads it.
        cfg_uncut() {
          (
            ( eval "$1" ) >"$cfg_kept/work.log" 2>&1 </dev/null 9>&-
            cfg_code=$?
            [ $cfg_code != 0 ] || eval "${2:-:}" || cfg_code=$?
            { printf '%s ' $cfg_code; cat "$cfg_run/step"; } >"$cfg_kept/work.new" && mv -f "$cfg_kept/work.new" "$cfg_kept/work.done"
          ) >/dev/null 2>&1 </dev/null &
          cfg_work=$!
          printf '%s\n' $cfg_work >"$cfg_run/uncut"
          wait $cfg_work
          cat "$cfg_kept/work.log" >&2
          read -r cfg_code cfg_rest <"$cfg_kept/work.done" || cfg_code=1
          rm -f "$cfg_run/uncut"
          # Nobody reads this answer when the connection is gone: then it is for the next run.
          [ "$cfg_anchor" -gt 1 ] && ! [ -d "/proc/$cfg_anchor" ] || rm -f "$cfg_kept"/work.*
          return $cfg_code
        }
        """;

    /// <summary>The functions that only look, for every session that plans.</summary>
    public const string Looking = """
        # cfg_holder: who has the lock, where somebody has it: what is in the note, and whether the connection is still there.
        cfg_holder() {
          cat "$cfg_run/holder" 2>/dev/null || echo who=somebody
          read -r cfg_line <"$cfg_run/step" && printf 'step=%s\n' "$cfg_line"
          while IFS='=' read -r cfg_name cfg_value; do
            case $cfg_name in
              shell|anchor) [ "$cfg_value" -le 1 ] || [ -d "/proc/$cfg_value" ] || echo link=gone;;
            esac
          done <"$cfg_run/holder"
          read -r cfg_line <"$cfg_run/uncut" && [ -d "/proc/$cfg_line" ] && printf 'supervised=%s\n' "$cfg_line"
        } 2>/dev/null

        # cfg_free SECONDS: returns when nobody has the lock, at the latest then.
        cfg_free() {
          cfg_waited=0
          until (flock -n 8) 8<"$cfg_run/lock"; do
            [ "$cfg_waited" -lt "$1" ] || return 0
            sleep 1; cfg_waited=$((cfg_waited + 1))
          done
        }

        # cfg_purge: removes what runs left, unless one is under way.
        cfg_purge() {
          [ -e "$cfg_kept" ] || [ -e "$cfg_run" ] || return 0
          if [ -e "$cfg_run/lock" ]; then exec 8<"$cfg_run/lock"; flock -n 8 || return 95; fi
          rm -rf -- "$cfg_kept" "$cfg_run" && echo removed
        }

        # cfg_read: removes what a supervised operation came to, once somebody read it; not what is that of a run under way.
        cfg_read() {
          if [ -e "$cfg_run/lock" ]; then exec 8<"$cfg_run/lock"; flock -n 8 || return 95; fi
          rm -f -- "$cfg_kept"/work.* "$cfg_run/holder" "$cfg_run/step" "$cfg_run/beat"
        }

        # cfg_ledger: what earlier runs left: who has the lock, what a supervised operation came to, what is owed.
        cfg_ledger() {
          [ -d "$cfg_kept" ] || return 0
          if [ -s "$cfg_run/holder" ] && ! (flock -n 8) 8<"$cfg_run/lock"; then cfg_holder; fi
          if [ -e "$cfg_kept/work.done" ]; then printf 'result='; cat "$cfg_kept/work.done"; tail -n 20 "$cfg_kept/work.log" | while IFS= read -r cfg_line; do printf 'said=%s\n' "$cfg_line"; done; fi
          if [ -e "$cfg_kept/lifeline/armed" ]; then echo lifeline=armed; fi
          for cfg_file in "$cfg_kept"/owed/*; do
            [ -e "$cfg_file" ] || continue
            while IFS= read -r cfg_line; do printf 'owed=%s %s\n' "${cfg_file##*/}" "$cfg_line"; done <"$cfg_file"
          done
        }
        """;
}
