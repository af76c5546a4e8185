namespace ConfigEngine.Resources;

/// <summary>Where systemd looks for a unit's file and for its drop-ins (systemd.unit(5), UNIT FILE LOAD PATH).</summary>
static class UnitPlaces
{
    static readonly string[] Directories =
    [
        "/etc/systemd/system",
        "/run/systemd/system",
        "/usr/local/lib/systemd/system",
        "/usr/lib/systemd/system",
        "/lib/systemd/system",
    ];

    /// <summary>The files that can be the unit's: one of its name or, of an instance, its template's.</summary>
    public static IEnumerable<string> Files(string unit) =>
        Names(unit).SelectMany(_ => Directories, (name, directory) => $"{directory}/{name}");

    /// <summary>The directories of drop-ins that can be the unit's: of its name, its template's, and all that its type has.</summary>
    public static IEnumerable<string> DropIns(string unit) =>
        Names(unit).Append(unit[(unit.LastIndexOf('.') + 1)..]).SelectMany(_ => Directories, (name, directory) => $"{directory}/{name}.d");

    static IEnumerable<string> Names(string unit) =>
        unit.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? [unit, unit[..(at + 1)] + unit[unit.LastIndexOf('.')..]] : [unit];
}
