# A terminal's Ctrl-C and Ctrl-\ reach every process of the foreground (termios(3), ISIG). What ends then is decided by whoever holds the
# session; ssh, sh and sudo leave a signal alone that is ignored when they start. What asks for a password must be this very process, and
# exec keeps its id: see askpass.sh.
trap '' INT QUIT
[ -z "$CFG_ASKPASS" ] || { CFG_ASKER=$$; export CFG_ASKER; }
exec "$@"
