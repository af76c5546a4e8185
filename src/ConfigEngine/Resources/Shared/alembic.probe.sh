# cfg_alembic PYTHON DIRECTORY CONFIG URL-FILE ENVIRONMENT-FILE REVISION: where a schema is and which way leads to the revision, as lines
# with a first word: owner and me; refused, where root would run what others can change; then missing (no such directory, file or module), unreachable (the database), or heads, current, lost
# (revisions that the directory does not know), several or unknown (of the revision), and up or down for each step.
cfg_alembic() {
  [ -d "$2" ] || { printf 'missing the directory %s\n' "$2"; return; }
  printf 'owner %s\nme %s\n' "$(stat -c '%U %a' -- "$2")" "$(id -un)"
  if [ "$(id -un)" = root ]; then case $(stat -c %u:%a -- "$2") in 0:*[0145]) ;; *) echo refused; return;; esac; fi
  cfg_python=$1 cfg_in=$2
  for cfg_file in "$3" ${4:+"$4"} ${5:+"$5"}; do
    (cd -- "$cfg_in" && [ -e "$cfg_file" ]) || { printf 'missing the file %s\n' "$cfg_file"; return; }
  done
  for cfg_file in ${4:+"$4"} ${5:+"$5"}; do
    case $(stat -c %a -- "$cfg_file") in *[4567]) printf 'open %s\n' "$cfg_file";; esac
  done
  command -v "$cfg_python" >/dev/null 2>&1 || { printf 'missing the interpreter %s\n' "$cfg_python"; return; }
  shift 2
  (cd -- "$cfg_in" && timeout -k 5 60 "$cfg_python" -B -c "$cfg_alembic" look "$@")
}

# cfg_alembic_go WAY PYTHON DIRECTORY CONFIG URL-FILE ENVIRONMENT-FILE REVISION: goes up or down.
cfg_alembic_go() {
  cd -- "$3" || return
  cfg_way=$1 cfg_python=$2
  shift 3
  "$cfg_python" -B -c "$cfg_alembic" "$cfg_way" "$@"
}

cfg_alembic='
import os, sys

out = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
way, ini, url_file, env_file, wanted = sys.argv[1:6]
secrets = []

def say(*words):
    print(*[" ".join(str(word).split()) for word in words], file=out, flush=True)

def told(wrong):
    text = "%s: %s" % (type(wrong).__name__, wrong)
    for secret in secrets:
        text = text.replace(secret, "(the url)")
    return text[:2000]

try:
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError
except ImportError as wrong:
    say("missing", "the module of Alembic (%s)" % wrong)
    sys.exit(0 if way == "look" else 1)

if env_file:
    for line in open(env_file):
        name, sign, value = line.strip().partition("=")
        if sign and name[:1].isidentifier():
            os.environ[name.strip()] = value.strip().strip("\"\047")
            if "://" in value:
                secrets.append(os.environ[name.strip()])
config = Config(ini)
if url_file:
    url = open(url_file).readline().strip()
    secrets.append(url)
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
script = ScriptDirectory.from_config(config)

def at():
    found = []

    def look(rev, context):
        found.extend(rev if isinstance(rev, (tuple, list)) else [rev])
        return []

    with EnvironmentContext(config, script, fn=look, dont_mutate=True):
        script.run_env()
    return sorted(one for one in found if one)

def known(one):
    try:
        return script.get_revision(one) is not None
    except CommandError:
        return False

def behind(revisions):
    seen, left = set(), list(revisions)
    while left:
        one = left.pop()
        if one not in seen:
            seen.add(one)
            left.extend(script.get_revision(one)._all_down_revisions)
    return seen

if way != "look":
    try:
        (command.upgrade if way == "up" else command.downgrade)(config, wanted)
    except Exception as wrong:
        print(told(wrong), file=sys.stderr)
        try:
            print("the schema is at %s now" % (" ".join(at()) or "its beginning"), file=sys.stderr)
        except Exception:
            print("where the schema is now is not known", file=sys.stderr)
        sys.exit(1)
    sys.exit(0)

heads = sorted(script.get_heads())
say("heads", *heads)
try:
    now = at()
except Exception as wrong:
    say("unreachable", told(wrong))
    sys.exit(0)
say("current", *now)
lost = [one for one in now if not known(one)]
if lost:
    say("lost", *lost)
elif wanted == "head" and len(heads) > 1:
    say("several")
else:
    try:
        aims = [] if wanted == "base" else [one.revision for one in script.get_revisions(wanted)]
    except CommandError:
        say("unknown")
        sys.exit(0)
    say("aims", *sorted(aims))
    if aims and not set(aims) <= set(now) and not set(aims) <= behind(now):
        for step in script._upgrade_revs(wanted, tuple(now)):
            say("up", step.revision.revision, step.revision.doc)
    elif (now if not aims else not set(aims) <= set(now)):
        for step in script._downgrade_revs(wanted, tuple(now)):
            say("down", step.revision.revision, step.revision.doc)
'
