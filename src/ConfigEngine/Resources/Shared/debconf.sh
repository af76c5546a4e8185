# cfg_debconf PACKAGE QUESTION value|digest: whether the package is installed, whether debconf has an answer, whether it counts as given,
# and the answer or its SHA-256, as NAME=VALUE lines.
cfg_debconf() {
  # shellcheck disable=SC2016 # dpkg-query's own field
  case $(dpkg-query -W -f='${db:Status-Status}|' -- "$1" 2>/dev/null) in ''|'not-installed|'|'config-files|') echo installed=no;; *) echo installed=yes;; esac
  cfg_value=$(cfg_debconf_ask "$2") || return
  cfg_value=${cfg_value#"$2|"}
  case $cfg_value in
    absent) echo exists=no;;
    true\|*|false\|*)
      printf 'exists=yes\nseen=%s\n' "${cfg_value%%|*}"
      if [ "$3" = digest ]; then cfg_hides && printf 'digest=%s\n' "$(printf %s "${cfg_value#*|}" | cfg_digest)"
      else printf 'value=%s\n' "${cfg_value#*|}"; fi;;
    *) echo "debconf's database does not tell of $2" >&2; return 1;;
  esac
}

# cfg_debconf_ask QUESTION…: a line for each: QUESTION|SEEN|ANSWER, on one line, or QUESTION|absent. The database is read as
# debconf-show(1) does it, without a lock; debconf-show itself leaves out passwords.
# shellcheck disable=SC2016 # for perl to expand
cfg_debconf_ask() {
  timeout -k 2 30 perl -e '
    use Debconf::Db; use Debconf::Template; use Debconf::Question;
    Debconf::Db->load(readonly => "true");
    for my $name (@ARGV) {
      my $asked = Debconf::Question->get($name);
      my $value = $asked ? $asked->value : undef;
      if (!defined $value) { print "$name|absent\n"; next; }
      $value =~ tr/\n/ /;
      printf "%s|%s|%s\n", $name, $asked->flag("seen") eq "true" ? "true" : "false", $value;
    }' -- "$@" 2>/dev/null || { echo "debconf's database cannot be read" >&2; return 1; }
}

# cfg_debconf_answered QUESTION: answered=yes where a question has an answer that is not its default, or that counts as given; answered=no
# otherwise. The answer may be secret, and is not printed.
# shellcheck disable=SC2016 # for perl to expand
cfg_debconf_answered() {
  command -v debconf-set-selections >/dev/null 2>&1 || { echo answered=no; return; }
  timeout -k 2 30 perl -e '
    use Debconf::Db; use Debconf::Template; use Debconf::Question;
    Debconf::Db->load(readonly => "true");
    my $asked = Debconf::Question->get($ARGV[0]);
    my $given = $asked && ($asked->flag("seen") eq "true" || ($asked->value // "") ne ($asked->default // ""));
    print $given ? "answered=yes\n" : "answered=no\n";' -- "$1" 2>/dev/null || { echo "debconf's database cannot be read" >&2; return 1; }
}

# cfg_debconf_reset PACKAGE QUESTION: takes the answer away, after waiting for a package manager, which locks the database.
cfg_debconf_reset() {
  cfg_apt_locks 600 && cfg_touch && cfg_said=$(printf 'RESET %s\n' "$2" | debconf-communicate "$1" 2>&1) || { printf '%s\n' "$cfg_said" >&2; return 1; }
  case $cfg_said in 0|'0 '*) ;; *) printf 'debconf says: %s\n' "$cfg_said" >&2; return 1;; esac
}

# cfg_debconf_set: gives the answer on standard input, after waiting for a package manager, which locks the database.
cfg_debconf_set() { cfg_apt_locks 600 && cfg_touch && debconf-set-selections; }

# cfg_want_debconf PACKAGE QUESTION value|digest: see cfg_debconf. The questions of a set: one look into the database, and one
# dpkg-query(1). What is secret is asked alone.
cfg_want_debconf() {
  ! cfg_wants debconf || cfg_s_questions='' cfg_s_askers=''
  [ "$3" = digest ] || cfg_s_questions="$cfg_s_questions $2" cfg_s_askers="$cfg_s_askers $1"
}

cfg_find_debconf() {
  cfg_s_answers=$cfg_nl cfg_s_debs=$cfg_nl
  [ -n "$cfg_s_questions" ] || return 0
  # shellcheck disable=SC2086 # names
  cfg_s_answers=$cfg_nl$(cfg_debconf_ask $cfg_s_questions 2>/dev/null)$cfg_nl
  # shellcheck disable=SC2086,SC2016 # names; dpkg-query's own fields
  cfg_s_debs=$cfg_nl$(timeout -k 2 30 dpkg-query -W -f='${Package}|${db:Status-Status}\n' -- $cfg_s_askers 2>/dev/null)$cfg_nl
}

cfg_tell_debconf() {
  [ "$3" != digest ] || return 1
  case $cfg_s_answers in *"$cfg_nl$2|"*) ;; *) return 1;; esac
  case $cfg_s_debs in
    *"$cfg_nl$1|not-installed$cfg_nl"*|*"$cfg_nl$1|config-files$cfg_nl"*) cfg_s_deb=no;;
    *"$cfg_nl$1|"*) cfg_s_deb=yes;;
    *) cfg_s_deb=no;;
  esac
  cfg_s_rest=${cfg_s_answers#*"$cfg_nl$2|"}
  cfg_s_rest=${cfg_s_rest%%"$cfg_nl"*}
  cfg_said="${cfg_said}installed=$cfg_s_deb$cfg_nl"
  case $cfg_s_rest in
    absent) cfg_said="${cfg_said}exists=no$cfg_nl";;
    *) cfg_said="${cfg_said}exists=yes${cfg_nl}seen=${cfg_s_rest%%|*}${cfg_nl}value=${cfg_s_rest#*|}$cfg_nl";;
  esac
}
