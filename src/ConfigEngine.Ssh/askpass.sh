#!/bin/sh
# Answers ssh's question for the password of the target, from the pipe, and no other. The ssh of a jump host finds this program in its
# environment too: so the question must come from the very process that reaches the target, and name its user and host, as ssh writes
# it: "user@host's password: ", or by keyboard-interactive authentication "(user@host) …" with whatever the host asks.
asked=$(printf %s "$1" | tr '[:upper:]' '[:lower:]')
case $asked in *password*) ;; *) exit 1;; esac
if [ "$PPID" = "$CFG_ASKER" ] && [ -p "$CFG_ASKPASS" ]; then
  case $asked in
    "$CFG_ASKED's password:"*|"($CFG_ASKED) "*) head -n 1 <"$CFG_ASKPASS"; rm -f -- "$CFG_ASKPASS"; exit;;
  esac
fi
# A second question of the target's is the answer that the first one was wrong, and ssh says so itself.
[ "$PPID" = "$CFG_ASKER" ] && [ ! -p "$CFG_ASKPASS" ] || printf 'cfg-askpass: %s\n' "$1" >&2
exit 1
