cd "${0%/*}" || exit
sleep "$1" & pause=$!
printf '%s %s\n' $$ $pause >timer
wait $pause
mkdir "decided$2" 2>/dev/null || exit 0
while read -r path; do
  if [ -e "files$path" ]; then
    if [ -d "files$path" ]; then
      mkdir -p "$path"
      (cd "$path" && find . -depth ! -name . | while IFS= read -r each; do [ -e "$OLDPWD/files$path/$each" ] || [ -L "$OLDPWD/files$path/$each" ] || rm -rf -- "$each"; done)
      cp -a --remove-destination "files$path/." "$path/"
    else
      rm -rf -- "$path"; cp -a --remove-destination "files$path" "$path"
    fi
  else
    rm -rf -- "$path"
  fi
done <paths
if [ -e nft ]; then nft flush ruleset; nft -f nft; fi
[ ! -e iptables ] || iptables-restore <iptables
for family in -4 -6; do
  [ -e routes$family ] || continue
  ip $family route show table main | while IFS= read -r route; do
    grep -qxF -- "$route" routes$family || ip $family route del $route
  done
  while IFS= read -r route; do ip $family route replace $route; done <routes$family
  ip $family rule show | while IFS= read -r rule; do
    grep -qxF -- "$rule" rules$family || ip $family rule del pref "${rule%%:*}"
  done
done
if [ -e units ]; then
  systemctl daemon-reload
  while read -r unit load active enabled; do
    case $enabled in enabled) systemctl enable "$unit";; disabled) systemctl disable "$unit";; masked) systemctl mask "$unit";; esac
    case $active in active) systemctl restart "$unit";; *) systemctl stop "$unit";; esac
  done <units
fi
echo restored >verdict
