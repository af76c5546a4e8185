# cfg_nginx_site NAME DIGEST: a site of nginx. In Debian its file is in sites-available, with a link in sites-enabled; elsewhere it is
# a file in conf.d. A line "file", and what is at its path, come after that.
cfg_nginx_site() {
  if [ -d /etc/nginx/sites-available ] && [ -d /etc/nginx/sites-enabled ]; then
    cfg_site=/etc/nginx/sites-available/$1 cfg_link=/etc/nginx/sites-enabled/$1
    echo layout=sites
    if [ -L "$cfg_link" ]; then
      case $(readlink "$cfg_link") in "$cfg_site"|"../sites-available/$1") echo enabled=yes;; *) echo enabled=elsewhere;; esac
    elif [ -e "$cfg_link" ]; then echo enabled=file
    else echo enabled=no; fi
  else
    cfg_site=/etc/nginx/conf.d/$1.conf
    printf 'layout=conf\nenabled=yes\n'
  fi
  echo file
  cfg_path "$cfg_site" "$2" 1048576 root root
}

# cfg_no_nginx_site NAME: the paths that make a site: those of its links and files that are there.
cfg_no_nginx_site() {
  for cfg_site in "/etc/nginx/sites-enabled/$1" "/etc/nginx/sites-available/$1" "/etc/nginx/conf.d/$1.conf"; do
    if [ -e "$cfg_site" ] || [ -L "$cfg_site" ]; then printf '%s\n' "$cfg_site"; fi
  done
}
