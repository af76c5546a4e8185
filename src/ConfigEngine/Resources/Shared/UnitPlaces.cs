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

    /// <summary>The possible files of a unit: those of its name and, for an instance, those of its template.</summary>
    public static IEnumerable<string> Files(string unit) =>
        Names(unit).SelectMany(_ => Directories, (name, directory) => $"{directory}/{name}");

    /// <summary>The possible drop-in directories of a unit: those of its name, of its template, and of its type.</summary>
    public static IEnumerable<string> DropIns(string unit) =>
        Names(unit).Append(unit[(unit.LastIndexOf('.') + 1)..]).SelectMany(_ => Directories, (name, directory) => $"{directory}/{name}.d");

    static IEnumerable<string> Names(string unit) =>
        unit.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? [unit, unit[..(at + 1)] + unit[unit.LastIndexOf('.')..]] : [unit];
}
