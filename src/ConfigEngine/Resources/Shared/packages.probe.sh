# cfg_package NAME BARE CANDIDATE: the package manager's name and the host's architecture, and then its answer about a package; with
# CANDIDATE (any text), also the version that it prefers. BARE is NAME without its architecture.
cfg_package() {
  case $cfg_manager in
    apt) cfg_apt_package "$@";;
    dnf) cfg_dnf_package "$@";;
    apk) cfg_apk_package "$@";;
    *) cfg_unknown_manager;;
  esac
}

# cfg_index_fresh SECONDS: the package manager, and whether all of its index was fetched within that time, and still exists.
cfg_index_fresh() {
  cfg_fresh=false
  case $cfg_manager in
    apt) cfg_apt_fresh "$1";;
    dnf) cfg_dnf_fresh "$1";;
    apk) cfg_apk_fresh "$1";;
    *) cfg_unknown_manager; return;;
  esac
  printf 'manager=%s\nfresh=%s\n' "$cfg_manager" "$cfg_fresh"
}

# cfg_unknown_manager: says that cfg does not know the host's package manager.
cfg_unknown_manager() {
  echo "the packages of this host are those of ${cfg_manager:-no package manager}, which cfg does not know: it knows $cfg_known_managers" >&2
  return 1
}

# cfg_upgrade [security]: the package manager and the host's architecture, and then what an upgrade of all packages would do, or of those
# with a newer version for security, in the package manager's own words.
cfg_upgrade() {
  case $cfg_manager in
    apt) cfg_apt_upgrade "$1";;
    dnf) cfg_dnf_upgrade "$1";;
    apk) cfg_apk_upgrade "$1";;
    *) cfg_unknown_manager;;
  esac
}
