# cfg_is_user NAME: user or nobody.
cfg_is_user() { if id -u "$1" >/dev/null 2>&1; then echo user; else echo nobody; fi; }

# cfg_useradd NAME OPTION...: useradd(8), for a user with a group of that name. If the group exists already, useradd(8) fails unless
# the group is named.
cfg_useradd() {
  cfg_name=$1
  shift
  if cfg_group "$cfg_name"; then useradd -g "$cfg_name" "$@" -- "$cfg_name"; else useradd -U "$@" -- "$cfg_name"; fi
}

# cfg_userdel NAME HOME: userdel(8) with the home, in which nothing may be mounted. userdel ends with 12 if it cannot remove the
# home; if there was no home, that is not a failure.
cfg_userdel() {
  cfg_held=$(cfg_mounts_at "$2") && cfg_unmounted "$cfg_held" && userdel -r -- "$1" || { [ $? = 12 ] && [ ! -e "$2" ]; }
}

# cfg_make_home PATH USER: makes a home as useradd(8) does, from /etc/skel, owned by the user.
cfg_make_home() {
  [ ! -e "$1" ] || return 0
  cfg_owner=$2:$(id -g -- "$2") && cfg_directories "${1%/*}" && cfg_directory "$1" "$cfg_owner" 0700 /etc/skel
}
