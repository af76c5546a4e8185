# cfg_route FAMILY DESTINATION VIA DEVICE NAME BOOT: a route (-4 or -6). NAME=VALUE lines: the device, which is the one that leads to the
# gateway where none is given; whether it is there; what configures it at boot, and that configuration's name for it; and the live
# routes to that destination. A line "file", and with BOOT (any text) what is at the path of the route's own file, come after that.
cfg_route() {
  cfg_device=$4
  if [ -z "$cfg_device" ] && [ -n "$3" ]; then
    cfg_said=$(ip "$1" -o route get "$3" 2>/dev/null) || cfg_said=
    case $cfg_said in
      local\ *|*' via '*) ;;
      *' dev '*) cfg_device=${cfg_said#* dev } cfg_device=${cfg_device%% *};;
    esac
  fi
  cfg_layout=none cfg_network=
  if [ -n "$cfg_device" ] && [ -e "/sys/class/net/$cfg_device" ]; then cfg_route_layout "$cfg_device"; cfg_there=yes; else cfg_there=no; fi
  printf 'device=%s\nthere=%s\nlayout=%s\nnetwork=%s\n' "$cfg_device" $cfg_there "$cfg_layout" "$cfg_network"
  cfg_routes "$1" "$2" || return
  echo file
  case ${6:+$cfg_layout} in
    ifupdown) cfg_path "/etc/network/if-up.d/$5" '?' 65536 root root;;
    networkd) cfg_with_directory cfg_path "/etc/systemd/network/$cfg_network.d/$5.conf" '?' 65536 root root;;
    netplan) cfg_path "/etc/netplan/90-$5.yaml" '?' 65536 root root;;
    networkmanager) cfg_with_directory cfg_path "/etc/NetworkManager/dispatcher.d/$5" '?' 65536 root root;;
    *) printf 'absent|directory\nmissing\n';;
  esac
}

# cfg_routes FAMILY DESTINATION: the live routes to a destination in the main table, as live=TYPE|VIA|DEVICE|METRIC with a space between
# them. What changes by itself, such as the time until a route ends, is left out.
cfg_routes() {
  cfg_said=$(ip "$1" -o route show table main exact "$2") || return
  printf '%s\n' "$cfg_said" | awk '
    NF {
      type = $1 ~ /^[a-z]+$/ && $1 != "default" ? $1 : "unicast"; via = dev = metric = ""
      for (i = 1; i <= NF; i++) {
        if ($i == "via") via = $(i + 1) == "inet6" ? $(i + 2) : $(i + 1)
        else if ($i == "dev") dev = $(i + 1)
        else if ($i == "metric") metric = $(i + 1)
        else if ($i == "nexthop") type = "multipath"
        else if ($i == "proto" && $(i + 1) == "kernel") type = "kernel"
      }
      live = live (live == "" ? "" : " ") type "|" via "|" dev "|" metric
    }
    END { print "live=" live }'
}

# cfg_route_layout DEVICE: sets cfg_layout to what configures a device, and cfg_network to the name that it has for it there.
cfg_route_layout() {
  cfg_index=
  ! [ -r "/sys/class/net/$1/ifindex" ] || read -r cfg_index <"/sys/class/net/$1/ifindex"
  cfg_network=$(sed -n 's/^NETWORK_FILE=//p' "/run/systemd/netif/links/$cfg_index" 2>/dev/null) || cfg_network=
  case $cfg_network in
    */10-netplan-*.network)
      cfg_layout=netplan cfg_network=${cfg_network##*/10-netplan-}
      cfg_network=${cfg_network%.network}
      cfg_network="$(netplan get 2>/dev/null | awk -v id="$cfg_network" '
        /^  [a-z-]+:/ { kind = $1 } { name = $1; gsub(/["\047:]/, "", name) } /^    [^ ]/ && name == id { sub(/:$/, "", kind); print kind; exit }'
      ) $cfg_network";;
    ?*) cfg_layout=networkd cfg_network=${cfg_network##*/};;
    *)
      if command -v ifquery >/dev/null 2>&1 && ifquery "$1" >/dev/null 2>&1; then cfg_layout=ifupdown
      elif grep -qs '^managed=true' "/run/NetworkManager/devices/$cfg_index"; then cfg_layout=networkmanager; fi;;
  esac
}

# cfg_no_route FAMILY DESTINATION NAME: the live routes to a destination, and the files that make one at boot.
cfg_no_route() {
  cfg_routes "$1" "$2" || return
  for cfg_file in "/etc/network/if-up.d/$3" "/etc/NetworkManager/dispatcher.d/$3" "/etc/netplan/90-$3.yaml" "/etc/systemd/network"/*.network.d/"$3.conf"; do
    if [ -e "$cfg_file" ] || [ -L "$cfg_file" ]; then printf 'file=%s\n' "$cfg_file"; fi
  done
}

# cfg_route_read LAYOUT: has the network's configuration read again. Networks that did not change are left alone.
cfg_route_read() {
  if [ "$1" = netplan ]; then netplan generate || return; fi
  ! systemctl -q is-active systemd-networkd.service || timeout 60 networkctl reload
}

# cfg_route_kept LAYOUT FAMILY DESTINATION: the same, and waits until the route is there: networkd takes what it finds away, and then makes
# what it has read.
cfg_route_kept() {
  cfg_route_read "$1" || return
  cfg_tries=0
  while [ $cfg_tries -lt 50 ]; do
    case $(cfg_routes "$2" "$3") in *unicast*) [ $cfg_tries -lt 5 ] || return 0;; esac
    cfg_tries=$((cfg_tries + 1)); sleep 0.2
  done
  printf 'the route to %s is not there after its configuration was read again\n' "$3" >&2
  return 1
}
