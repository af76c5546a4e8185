if [ -n "$CFG_RECORDS" ]; then cfg_kept=$CFG_RECORDS cfg_run=$CFG_RECORDS/run
elif [ "$(id -u)" = 0 ]; then cfg_kept=/var/lib/configengine cfg_run=/run/configengine
else cfg_kept=${XDG_STATE_HOME:-$HOME/.local/state}/configengine/host cfg_run=$cfg_kept/run; fi
