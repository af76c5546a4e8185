# A terminal's Ctrl-C and Ctrl-\ reach every process in the foreground (termios(3), ISIG), but the process that owns the session
# decides what ends. ssh, sh and sudo keep ignoring a signal that is ignored when they start. The process that asks for a password
# must be this very process, and exec keeps its id: see askpass.sh.
trap '' INT QUIT
[ -z "$CFG_ASKPASS" ] || { CFG_ASKER=$$; export CFG_ASKER; }
exec "$@"
