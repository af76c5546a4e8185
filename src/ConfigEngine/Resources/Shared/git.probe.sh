# cfg_checkout PATH REPOSITORY REVISION KIND WHOLE: a checkout as NAME=VALUE lines, and the commit of the revision in the
# repository. KIND is commit, ref, or head for the default branch. With WHOLE (any text), also the files that git does not know and
# the new commit would replace; for that, the commit may have to be fetched, into a temporary directory.
cfg_checkout() {
  GIT_OPTIONAL_LOCKS=0; export GIT_OPTIONAL_LOCKS
  cfg_work=$1 cfg_head="" cfg_parent=${1%/*} cfg_missing=
  if [ -d "${cfg_parent:-/}" ]; then echo parent=directory; else echo parent=absent; fi
  cfg_whose "$1" || return
  if [ -n "$cfg_whose" ]; then printf 'type=theirs\ntheirs=%s\n' "$cfg_whose"; return; fi
  if [ -e "$1/.git" ]; then
    echo type=checkout
    git -C "$1" rev-parse --git-dir >/dev/null || return
    if cfg_head=$(git -C "$1" rev-parse -q --verify 'HEAD^{commit}'); then
      printf 'commit=%s\n' "$cfg_head"
      cfg_changes=$(git -C "$1" status --porcelain --untracked-files=no --ignore-submodules=all) || return
      [ -z "$cfg_changes" ] || printf '%s\n' "$cfg_changes" | sed 's/^/change=/'
      [ ! -e "$1/.gitmodules" ] || echo submodules=yes
    else echo commit=; fi
    printf 'origin=%s\n' "$(git -C "$1" config --get remote.origin.url)"
  elif [ -d "$1" ]; then if [ -z "$(ls -A "$1")" ]; then echo type=empty; else echo type=directory; fi
  elif [ -e "$1" ] || [ -L "$1" ]; then echo type=other
  else echo type=absent; fi
  if [ ! -d "${cfg_parent:-/}" ]; then :
  elif [ ! -d "$1" ]; then cfg_denied "$1"
  else
    for cfg_dir in "$1" "$1/.git"; do
      [ -n "$cfg_missing" ] || [ ! -d "$cfg_dir" ] || cfg_can_write "$cfg_dir" || cfg_refused "$cfg_dir" itself
    done
  fi
  [ -z "$cfg_missing" ] || printf 'missing=%s\n' "${cfg_missing# }"
  case $4 in
    commit) cfg_wanted=$3;;
    head) cfg_refs=$(cfg_git 30 ls-remote -- "$2" HEAD) || return;;
    *) cfg_refs=$(cfg_git 30 ls-remote -- "$2" "refs/heads/$3" "refs/tags/$3" "refs/tags/$3^{}") || return;;
  esac
  if [ "$4" != commit ]; then
    printf '%s\n' "$cfg_refs" | sed 's/^/ref=/'
    cfg_wanted=$(printf '%s\n' "$cfg_refs" | sed -n -e '/refs\/heads\//p' | head -n 1)
    [ -n "$cfg_wanted" ] || cfg_wanted=$(printf '%s\n' "$cfg_refs" | tail -n 1)
    cfg_wanted=${cfg_wanted%%[!0-9a-f]*}
  fi
  [ -e "$1/.git" ] && [ -n "$cfg_wanted" ] && [ "$cfg_wanted" != "$cfg_head" ] || return 0

  # A commit that this tool checked out has a ref of its own, because a branch may have been rewritten since.
  if [ -n "$cfg_head" ] && [ -z "$(git -C "$1" for-each-ref --count=1 --contains "$cfg_head" refs/remotes refs/tags refs/configengine)" ]; then echo local=yes; fi
  [ -z "$5" ] || cfg_in_the_way "$2" "$3" "$4"
}

# cfg_whose PATH: sets cfg_whose. For root, that is the owner of the checkout or of its parent directory, if that user can replace
# it: git uses names, and runs commands that a repository's configuration contains.
cfg_whose() {
  cfg_whose=
  [ -O / ] && [ -d "${cfg_parent:-/}" ] || return 0
  cfg_whose=$(
    if [ -d "$1" ]; then cfg_enter "$1"; else cfg_enter "${cfg_parent:-/}"; fi || exit
    cfg_ours || stat -c '%U %n' "$(pwd -P)"
  )
}

# cfg_in_the_way REPOSITORY REVISION KIND: the files that git does not know where the new commit has files of its own. Files that
# git knows and that are missing count as new, because the checkout restores them.
cfg_in_the_way() {
  [ -n "$(git -C "$cfg_work" ls-files --others --directory | head -n 1)" ] || return 0
  (
    cfg_temp=
    if ! git -C "$cfg_work" cat-file -e "$cfg_wanted^{tree}" 2>/dev/null; then
      cfg_temp=$(mktemp -d) || return
      trap 'rm -rf -- "$cfg_temp"' EXIT; trap 'exit 143' TERM
      GIT_ALTERNATE_OBJECT_DIRECTORIES=$(cd "$cfg_work" && cd "$(git rev-parse --git-path objects)" && pwd) || return
      GIT_OBJECT_DIRECTORY=$cfg_temp
      export GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_OBJECT_DIRECTORY
      case $3 in
        commit) set -- "$1" "$cfg_wanted";;
        head) set -- "$1" HEAD;;
        *) set -- "$1" "$(printf '%s\n' "$cfg_refs" | sed -n 's/^[0-9a-f]*[[:space:]]\(refs\/heads\/.*\)/\1/p')" "refs/tags/$2"; [ -n "$2" ] || set -- "$1" "$3";;
      esac
      cfg_git 60 -C "$cfg_work" -c gc.auto=0 -c maintenance.auto=false fetch -q --no-tags --no-write-fetch-head --no-recurse-submodules -- "$1" "$2" 2>/dev/null || return 0
    fi
    {
      if [ -n "$cfg_head" ]; then git -C "$cfg_work" diff --no-renames --name-only --diff-filter=A -z "$cfg_head" "$cfg_wanted"
      else git -C "$cfg_work" ls-tree -r --name-only -z "$cfg_wanted"; fi
      git -C "$cfg_work" ls-files --deleted -z
    } | tr '\0' '\n' | while IFS= read -r cfg_file; do
      cfg_upper=$cfg_file
      while case $cfg_upper in */*) ;; *) false;; esac; do
        cfg_upper=${cfg_upper%/*}
        if [ -L "$cfg_work/$cfg_upper" ] || { [ -e "$cfg_work/$cfg_upper" ] && [ ! -d "$cfg_work/$cfg_upper" ]; }; then cfg_file=$cfg_upper; fi
      done
      if [ -d "$cfg_work/$cfg_file" ] && [ ! -L "$cfg_work/$cfg_file" ]; then git -C "$cfg_work" ls-files --others -z -- ":(literal)$cfg_file" | tr '\0' '\n'
      elif [ -e "$cfg_work/$cfg_file" ] || [ -L "$cfg_work/$cfg_file" ]; then git -C "$cfg_work" ls-files --others -z -- ":(literal)$cfg_file" | tr '\0' '\n'
      fi
    done | sort -u | head -n 100 | sed 's/^/in-the-way=/'
  )
}
