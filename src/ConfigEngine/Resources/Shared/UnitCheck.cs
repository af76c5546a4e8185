namespace ConfigEngine.Resources;

/// <summary>
/// Checks a new unit file with <c>systemd-analyze verify</c>, under its right name in a directory of its own. The exit code is not
/// reliable: it fails for a missing man page or dependency, and does not fail for a misspelt setting. So the output counts: lines
/// that begin with this file's path, and a message that systemd refuses the unit. Tried with systemd 247, 252 and 257.
/// </summary>
static class UnitCheck
{
    /// <summary>A minimal unit for checking a drop-in whose unit does not exist yet.</summary>
    static string StandIn(string unit) =>
        unit[(unit.LastIndexOf('.') + 1)..] switch
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
        var refusals = ((string[])["i", "test_instance"])
            .Select(instance => $"Unit {Instance(unit, instance)} has a bad unit file setting")
            .Distinct();
        return $"cfg_check_unit {unit} {file} {StandIn(unit)} {Instance(unit, "i")} {refusals}";
    }

    static string Instance(string unit, string instance) => unit.Replace("@.", $"@{instance}.", StringComparison.Ordinal);
}
