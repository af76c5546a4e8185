using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>
/// Many odd values in each format that only a real host reads: what the format's own program makes of the files is what was declared.
/// </summary>
[Collection("lab")]
public sealed class OddFormatTests(Lab lab)
{
    readonly OddText odd = new();

    [LabFact]
    public async Task Systemd_reads_each_variable_and_each_description_as_it_was_declared()
    {
        await using var host = await lab.StartHostAsync();
        var variables = OddText
            .Some(
                80,
                i => new UnitFile("one.service")
                {
                    Service = new()
                    {
                        ExecStart = "/usr/bin/env -0",
                        Environment = new Dictionary<string, string> { [$"ODD{i}"] = odd.Next() },
                    },
                }
            )
            .SelectMany(unit => unit.Service?.Environment ?? new Dictionary<string, string>())
            .ToDictionary();
        var units = OddText.Some(
            40,
            i => new UnitFile($"odd-{i}.service")
            {
                Unit = new() { Description = odd.Next().Replace("%", "%%", StringComparison.Ordinal) },
                Service = new() { ExecStart = "/bin/true" },
            }
        );

        await Converges(
            host,
            [
                new UnitFile("variables.service")
                {
                    Service = new()
                    {
                        Type = ServiceType.Oneshot,
                        ExecStart = "/usr/bin/env -0",
                        StandardOutput = "file:/srv/variables",
                        Environment = variables,
                    },
                },
                .. units,
            ]
        );

        var read = (await host.Sh("systemctl start variables.service && cat /srv/variables"))
            .Split('\0')
            .Where(line => line.StartsWith("ODD", StringComparison.Ordinal));
        Same(variables.Select(variable => $"{variable.Key}={variable.Value}"), read);
        Same(
            units.Select(unit => $"{unit.Name} {unit.Unit?.Description?.Replace("%%", "%", StringComparison.Ordinal).Trim()}"),
            (
                await host.Sh(
                    $"for unit in {string.Join(' ', units.Select(unit => unit.Name))}; do printf '%s ' $unit; systemctl show --value "
                        + $"--property=Description $unit; done"
                )
            ).Split('\n')
        );
    }

    [LabFact]
    public async Task Cron_runs_each_command_with_each_variable_as_they_were_declared()
    {
        await using var host = await lab.StartHostAsync();
        Dictionary<string, (string Word, string Variable)> declared = [];
        var jobs = OddText.Some(
            60,
            i =>
            {
                var (word, variable) = declared[$"odd-{i}"] = (odd.Next(), odd.Next());
                return new CronJob($"odd-{i}")
                {
                    Schedule = "* * * * *",
                    Command = $"printf '%s|%s' {word} \"$ODD\" >/srv/new/odd-{i} && mv /srv/new/odd-{i} /srv/read/",
                    Environment = new() { ["ODD"] = variable },
                };
            }
        );
        await host.Sh("mkdir /srv/new /srv/read");

        await Converges(host, jobs);

        // cron(8) looks once a minute.
        await host.Sh($"until [ \"$(ls /srv/read | wc -l)\" = {jobs.Count} ]; do sleep 0.2; done");
        Same(
            jobs.Select(job => $"{declared[job.Name].Word}|{declared[job.Name].Variable}"),
            (await host.Sh($"for job in {string.Join(' ', jobs.Select(job => job.Name))}; do cat /srv/read/$job; printf '\\0'; done"))
                .TrimEnd('\0')
                .Split('\0')
        );
    }

    [LabFact]
    public async Task Names_of_hosts_are_found_as_they_were_declared()
    {
        await using var host = await lab.StartHostAsync();
        var entries = OddText.Some(
            80,
            i => new HostsEntry(i % 2 == 0 ? $"203.0.113.{i + 1}" : $"2001:DB8:0:0::{i + 1:X}")
            {
                Names = [.. Enumerable.Range(0, 1 + (i % 4)).Select(j => $"{odd.Of("abcXYZ019_", 12)}{odd.Of("-._a", 2)}{i}-{j}")],
            }
        );

        await Converges(host, entries);

        Same(
            entries.Select(entry => $"{System.Net.IPAddress.Parse(entry.Ip)} {string.Join(' ', entry.Names)}"),
            (await host.Sh(string.Join('\n', entries.Select(entry => $"getent hosts {entry.Names[^1]}"))))
                .Split('\n')
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        );
    }

    [LabFact]
    public async Task Modprobe_reads_the_options_of_each_module_as_they_were_declared()
    {
        await using var host = await lab.StartHostAsync();
        var modules = OddText.Some(
            10,
            i => new KernelModule($"odd_{i}")
            {
                Loaded = null,
                AtBoot = null,
                Options = string.Join(
                    ' ',
                    Enumerable.Range(0, 8).Select(j => $"p{j}={odd.Next()}").Where(one => !one.Any(char.IsControl))
                ),
            }
        );

        await Converges(host, modules);

        Same(
            modules.Select(module => $"options {module.Name} {module.Options?.Trim()}"),
            (await host.Sh("modprobe --showconfig"))
                .Split('\n')
                .Where(line => line.StartsWith("options odd_", StringComparison.Ordinal))
                .OrderBy(line => int.Parse(line.Split(' ')[1]["odd_".Length..], System.Globalization.CultureInfo.InvariantCulture))
        );
    }

    /// <summary>Fails with each that is not the same, as it was declared and as it was read.</summary>
    static void Same(IEnumerable<string> declared, IEnumerable<string> read)
    {
        var (expected, actual) = (declared.ToList(), read.ToList());
        var others = expected
            .Zip(actual)
            .Where(pair => pair.First != pair.Second)
            .Select(pair => $"declared {Shown(pair.First)}\n    read {Shown(pair.Second)}")
            .ToList();
        Assert.True(
            expected.Count == actual.Count && others.Count == 0,
            $"seed {OddText.Seed}: {expected.Count} were declared, {actual.Count} read; not the same:\n{string.Join('\n', others)}"
        );
    }

    static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    async Task Converges(LabHost host, IReadOnlyList<IDeclaration> resources)
    {
        var applied = await Rig.Apply(lab.SshConfig, host.Name, resources);
        Assert.True(applied.Error.Length == 0, $"seed {OddText.Seed}: {applied.Error}");
        var again = await Rig.Plan(lab.SshConfig, host.Name, resources);
        Assert.True(again.Hosts[0].Error is null, again.Hosts[0].Error?.Message);
        Assert.Empty(again.Changes);
    }
}
