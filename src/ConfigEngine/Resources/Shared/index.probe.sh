# cfg_index_fresh SECONDS: whether all of apt's index was fetched within that time, and is there. apt touches its lists also where a
# part of it could not be fetched, so only what is touched after a success counts: what this tool and, on some systems, apt's own hook touch.
cfg_index_fresh() {
  cfg_fresh=false
  for cfg_file in /var/lib/apt/lists/*_Packages* /var/lib/apt/lists/*_InRelease; do
    [ -e "$cfg_file" ] || continue
    if cfg_stamp=$(stat -c %Y /var/lib/apt/periodic/update-success-stamp 2>/dev/null) && [ $(($(date +%s) - cfg_stamp)) -le "$1" ]; then cfg_fresh=true; fi
    break
  done
  echo "fresh=$cfg_fresh"
}
