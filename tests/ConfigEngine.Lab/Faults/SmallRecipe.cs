namespace ConfigEngine.Lab.Faults;

/// <summary>The recipe that is quickly applied: its steps are of every kind that a run knows, in a directory for each round.</summary>
/// <param name="host">Where.</param>
/// <param name="cfg">Who applies it.</param>
/// <param name="environment">That of <paramref name="cfg"/>.</param>
sealed class SmallRecipe(LabHost host, CfgProcess cfg, Dictionary<string, string> environment) : FaultRecipe(host, cfg)
{
    public override string Path { get; } = cfg.Place("faults.csx");

    public override async Task Begin(string round)
    {
        environment["FAULT"] = round;
        await Host.Sh(
            $"mkdir -p /srv/faults/{round}/old/deep && cd /srv/faults/{round} && echo 127.0.0.1 localhost >hosts && echo old "
                + $">old/deep/file"
        );
    }

    public override async Task<Func<string, bool?>> Look(string round)
    {
        var plan = await Cfg.Run(0, "plan", Path, "--host", Host.Name, "--json");
        var open = CfgProcess.Changes(plan).Select(CfgProcess.Named).ToHashSet();
        var ran = (await Host.Run($"cat /srv/faults/{round}/restarts")).Stdout.Split('\n').Select(line => $"{line} {round}").ToHashSet();
        return address =>
            address == $"first {round}" || address == $"second {round}"
                ? ran.Contains(address)
                : !open.Any(one => Told.IsOf(address, one));
    }

    public override async Task<string> State(string round) =>
        Anyhow(
            await Host.Sh(
                $"""
                cd /srv/faults/{round}
                find . -mindepth 1 -printf '%P %y %m %u:%g %l\n' | sort
                find . -type f -exec sha256sum \{"{}"} + | sort -k 2
                cat restarts uncut
                getent passwd {round} | cut -d: -f1,5-
                """
            ),
            round
        );

    public override bool IsOf(string step, string round) => step.Contains(round, StringComparison.Ordinal);

    public override bool Wants(string command) => false;

    public override IEnumerable<string> Directories(string round) => [$"/srv/faults/{round}"];
}
