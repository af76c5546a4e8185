using System.Globalization;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Inspecting;

/// <summary>One host's facts for people: the most important ones. The JSON has all of them.</summary>
static class FactsText
{
    const int Column = 11;

    /// <summary>The lines.</summary>
    public static IEnumerable<OutputLine> Of(string host, Facts facts, int? width)
    {
        yield return new(new Span(Printable.Line(host), Ink.Bold), new($"  {Printable.Line(facts.Distribution.PrettyName)}", Ink.Dim));
        foreach (var (name, value) in Lines(facts).Where(line => line.Value.Length > 0))
        {
            foreach (
                var line in Wrap.Hanging(
                    Printable.Line(value),
                    name is "reboot" or "finding" ? Ink.Warning : Ink.Plain,
                    new(new Span($"  {name.PadRight(Column)}", Ink.Dim)),
                    width
                )
            )
                yield return line;
        }
    }

    static IEnumerable<(string Name, string Value)> Lines(Facts facts)
    {
        yield return ("name", facts.Fqdn);
        yield return ("kernel", $"{facts.Kernel.Release} {facts.Architecture}");
        yield return ("machine", Machine(facts.Virtualization));
        yield return ("cpus", facts.Cpus.ToString(CultureInfo.InvariantCulture));
        yield return (
            "memory",
            $"{facts.Memory.Human} ({facts.MemoryAvailable.Human} available{(facts.Swap.Bytes > 0 ? $", {facts.Swap.Human} swap" : "")})"
        );
        yield return ("up", Counts.Of(facts.Uptime));
        yield return (
            "addresses",
            string.Join(
                ", ",
                facts
                    .Interfaces.Where(one => !one.IsLoopback)
                    .SelectMany(one =>
                        one.Addresses.Where(address => address.Scope is not "link").Select(address => $"{address.Address} ({one.Name})")
                    )
            )
        );
        yield return (
            "disks",
            string.Join(
                ", ",
                facts.BlockDevices.Where(device => device.Type is "disk").Select(device => $"{device.Name} {device.Size.Human}")
            )
        );
        yield return ("init", $"{Word(facts.Init.Kind)} {facts.Init.Version}".Trim());
        yield return ("packages", Word(facts.PackageManager));
        yield return ("acts as", facts.RunningAs.User ?? facts.RunningAs.Uid.ToString(CultureInfo.InvariantCulture));
        yield return ("reboot", string.Join("; ", facts.PendingReboot.Reasons));
        foreach (var finding in facts.Findings)
            yield return ("finding", finding);
    }

    static string Machine(Virtualization virtualization) =>
        virtualization.Kind switch
        {
            VirtualizationKind.None => "metal",
            VirtualizationKind.VirtualMachine => $"virtual ({virtualization.Technology})",
            _ => $"container ({virtualization.Technology})",
        };

    static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
