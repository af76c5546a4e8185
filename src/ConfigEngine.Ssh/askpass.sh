#!/bin/sh
# Answers ssh's question for the password of the target, from the pipe, and no other question. The ssh of a jump host finds this
# program in its environment too. So the question must come from the very process that reaches the target, and it must name the
# target's user and host in ssh's form: "user@host's password: ", or for keyboard-interactive authentication "(user@host) …" with
# any text from the host.
asked=$(printf %s "$1" | tr '[:upper:]' '[:lower:]')
case $asked in *password*) ;; *) exit 1;; esac
if [ "$PPID" = "$CFG_ASKER" ] && [ -p "$CFG_ASKPASS" ]; then
  case $asked in
    "$CFG_ASKED's password:"*|"($CFG_ASKED) "*) head -n 1 <"$CFG_ASKPASS"; rm -f -- "$CFG_ASKPASS"; exit;;
  esac
fi
# A second question for the same target means that the first answer was wrong, and ssh reports that itself.
[ "$PPID" = "$CFG_ASKER" ] && [ ! -p "$CFG_ASKPASS" ] || printf 'cfg-askpass: %s\n' "$1" >&2
exit 1
