namespace ConfigEngine.Resources;

/// <summary>
/// Checks a new unit file with <c>systemd-analyze verify</c>, under its right name in a directory of its own. Its exit code
/// says too much (a man page or a dependency that is missing) and too little (a misspelt setting is only ignored), so what it says
/// counts: what begins with this file's path, and that systemd refuses the unit. Tried with systemd 247, 252 and 257.
/// </summary>
static class UnitCheck
{
    /// <summary>A unit that there must be something of for a drop-in of one that is not there yet.</summary>
    static string StandIn(string unit) => unit[(unit.LastIndexOf('.') + 1)..] switch
    {
        "service" => "[Service]\nExecStart=/bin/true\n",
        "timer" => "[Timer]\nOnBootSec=1\n",
        "socket" => "[Socket]\nListenStream=1\n",
        "path" => "[Path]\nPathExists=/\n",
        _ => "[Unit]\n",
    };

    /// <summary>The check, for the file in <c>"$cfg_new"</c>.</summary>
    public static Shell Script(string unit, string? dropIn)
    {
        var file = dropIn is null ? unit : $"{unit}.d/{dropIn}.conf";
        Shell place = $"cp -- \"$cfg_new\" \"$cfg_dir\"/{unit} || exit";
        if (dropIn is not null)
        {
            place = $$"""
                cfg_main=$(systemctl show --property=FragmentPath -- {{Instance(unit, "i")}} 2>/dev/null)
                if [ -f "${cfg_main#*=}" ]; then cp -- "${cfg_main#*=}" "$cfg_dir"/{{unit}}; else printf %s {{StandIn(unit)}} >"$cfg_dir"/{{unit}}; fi || exit
                mkdir "$cfg_dir"/{{unit}}.d && cp -- "$cfg_new" "$cfg_dir"/{{file}} || exit
                """;
        }

        string[] refusals = [.. ((string[])["i", "test_instance"]).Select(instance => $"Unit {Instance(unit, instance)} has a bad unit file setting").Distinct()];
        return $$"""
            command -v systemd-analyze >/dev/null 2>&1 || exit 0
            cfg_dir=$(mktemp -d) || exit
            trap 'rm -rf -- "$cfg_dir"' EXIT
            {{place}}
            cfg_said=$(SYSTEMD_LOG_COLOR=0 SYSTEMD_LOG_LEVEL=info timeout 60 systemd-analyze verify --man=no "$cfg_dir"/{{unit}} 2>&1 </dev/null)
            cfg_bad=$(printf '%s\n' "$cfg_said" | grep -F -e "$cfg_dir/"{{file}}: {{Shell.Verbatim(string.Join(' ', refusals.Select(words => $"-e {Shell.Quote(words)}")))}} | grep -v -e obsolete -e deprecated -e legacy)
            [ -z "$cfg_bad" ] || { printf '%s\n' "$cfg_said" | sed "s|$cfg_dir/||" >&2; exit 1; }
            """;
    }

    static string Instance(string unit, string instance) => unit.Replace("@.", $"@{instance}.", StringComparison.Ordinal);
}
