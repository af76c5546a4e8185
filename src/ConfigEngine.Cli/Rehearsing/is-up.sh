# Whether the container has booted: says running or degraded then. A system without systemd has nothing that could be asked.
command -v systemctl >/dev/null || { echo running; exit; }
systemctl is-system-running
