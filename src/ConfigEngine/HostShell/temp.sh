# cfg_temp DIRECTORY [-d]: makes a new file, or a directory, that only this user can read, for something that has no name of its own
# yet, and prints its path. Programs that read all files of a directory must leave it alone: they leave out hidden names, or those with ~
# at the end, which editors use. logrotate(8) does not leave out a hidden name, whatever is at its end (fnmatch(3), FNM_PERIOD).
cfg_temp() {
  cfg_made=$(mktemp ${2:+"$2"} "$1/.cfg.XXXXXXXXXX~" 2>&1) && { printf '%s\n' "$cfg_made"; return; }
  # The mktemp of busybox has its letters only at the end.
  case $cfg_made in *'Invalid argument'*) ;; *) printf '%s\n' "$cfg_made" >&2; return 1;; esac
  cfg_made=$(mktemp -u "$1/.cfg.XXXXXXXXXX")~ || return
  if [ -n "$2" ]; then mkdir -m 700 -- "$cfg_made"; else (umask 077; set -C; : >"$cfg_made"); fi && printf '%s\n' "$cfg_made"
}
