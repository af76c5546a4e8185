# cfg_python_environment PATH FILE REQUIREMENT...: a virtual environment, as lines with a first word: owner and me; missing (the
# file of requirements), absent, other (something else is there) or broken (its Python does not start); version; system (whether it sees
# the packages of the system); and for each requirement met or lacks, with its name, what it has to be, and what is installed.
cfg_python_environment() {
  cfg_at=$1
  shift
  [ -z "$1" ] || [ -e "$1" ] || { printf 'missing %s\n' "$1"; return; }
  if [ ! -e "$cfg_at" ] && [ ! -L "$cfg_at" ]; then
    if [ -d "${cfg_at%/*}" ]; then echo absent; else printf 'missing %s\n' "${cfg_at%/*}"; fi
    return
  fi
  [ -e "$cfg_at/pyvenv.cfg" ] || { echo other; return; }
  printf 'owner %s\nme %s\n' "$(stat -c '%U %a' -- "$cfg_at")" "$(id -un)"
  if [ "$(id -un)" = root ]; then case $(stat -c %u:%a -- "$cfg_at") in 0:*[0145]) ;; *) return;; esac; fi
  timeout -k 5 60 "$cfg_at/bin/python" -B -c pass 2>/dev/null || { echo broken; return; }
  timeout -k 5 60 "$cfg_at/bin/python" -B -c "$cfg_python" "$@"
}

cfg_python='
import os, re, sys
from importlib import metadata
from pip._vendor.packaging.requirements import Requirement

def name(text):
    return re.sub("[-_.]+", "-", text).lower()

print("version %d.%d.%d" % sys.version_info[:3])
settings = open(os.path.join(sys.prefix, "pyvenv.cfg")).read().lower().replace(" ", "")
print("system %s" % ("yes" if "include-system-site-packages=true" in settings else "no"))
there = {name(one.metadata["Name"] or ""): one.version for one in metadata.distributions()}
wanted = sys.argv[2:]
if sys.argv[1]:
    text = open(sys.argv[1]).read().replace("\\\n", " ")
    wanted += [line for line in (re.sub("(^|[ \t])\043.*", "", one).strip() for one in text.splitlines()) if line and line[0] != "-"]
for line in wanted:
    try:
        one = Requirement(re.split("[ \t]--", line)[0])
    except Exception:
        print("odd %s" % line)
        continue
    if one.marker is not None and not one.marker.evaluate():
        continue
    have = there.get(name(one.name))
    met = have is not None and (one.url is not None or one.specifier.contains(have, prereleases=True))
    print("%s %s %s %s" % ("met" if met else "lacks", name(one.name), str(one.specifier).replace(" ", "") or "any", have or "none"))
'

# cfg_python_install PATH FILE OPTIONS REQUIREMENT...: installs what the file and the requirements name, and no questions are asked.
cfg_python_install() {
  cfg_at=$1 cfg_file=$2 cfg_options=$3
  shift 3
  # shellcheck disable=SC2086 # words without spaces
  "$cfg_at/bin/python" -m pip install --quiet --no-input --disable-pip-version-check $cfg_options ${cfg_file:+-r "$cfg_file"} "$@"
}
