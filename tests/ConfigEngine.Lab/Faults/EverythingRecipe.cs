namespace ConfigEngine.Lab.Faults;

/// <summary>The recipe with every resource. Before each round its host is brought back to where nothing of it is so.</summary>
sealed class EverythingRecipe : FaultRecipe
{
    /// <summary>The unit that is started by a change, and then restarted by a handler.</summary>
    const string Unit = "app.service";

    /// <summary>Files that the recipe changes and does not own.</summary>
    const string Shared = "etc/hostname etc/hosts etc/timezone etc/localtime etc/login.defs etc/ssh/sshd_config etc/bash.bashrc etc/fstab";

    const string Back = $$"""
        exec 2>&1
        systemctl disable -q --now {{Unit}} cfg-demo.service
        rm -f /etc/systemd/system/{{Unit}} /etc/cron.d/app /etc/sudoers.d/app /etc/sysctl.d/*ip_forward* /etc/modprobe.d/*nf_conntrack*
        systemctl daemon-reload
        mountpoint -q /srv/scratch && umount /srv/scratch
        echo cfg-demo install | dpkg --set-selections
        dpkg --purge cfg-demo cfg-signed git curl locales || exit
        rm -f /etc/locale.gen /etc/locale.conf /usr/lib/locale/locale-archive; [ -L /etc/default/locale ] || rm -f /etc/default/locale
        rm -rf /srv/etc /srv/www /srv/unpacked /srv/checkout /srv/scratch /srv/once /etc/apt/sources.list.d/signed* /etc/apt/keyrings/*signed* /var/lib/apt/lists/*
        ! id app >/dev/null || userdel -rf app || exit
        ! getent group crew || groupdel crew || exit
        cd / && tar -xpf /root/shared.tar || exit
        hostname other
        sysctl -qw net.ipv4.ip_forward=0 || exit
        mkdir -p /srv/old/deep
        rm -f /run/configengine/step
        """;

    readonly FileServer files;
    readonly Judge judge;
    IReadOnlySet<string> comesAlong = new HashSet<string>();
    int started;

    EverythingRecipe(LabHost host, CfgProcess cfg, FileServer files, string path, Judge judge)
        : base(host, cfg) => (this.files, Path, this.judge) = (files, path, judge);

    /// <summary>Prepares a host.</summary>
    /// <param name="lab">Where it is.</param>
    /// <param name="host">The host.</param>
    /// <param name="cfg">Who applies the recipe.</param>
    public static async Task<EverythingRecipe> Place(Lab lab, LabHost host, CfgProcess cfg)
    {
        var files = FileServer.Start(lab.Number.Address(1), "hello");
        var path = await Everything.Place(host, cfg, files);
        await host.Sh($"cd / && ls -d {Shared} 2>/dev/null | tar -cpf /root/shared.tar -T -");
        return new(host, cfg, files, path, new(path, lab.SshConfig, host.Name));
    }

    public override string Path { get; }

    public override async Task Begin(string round)
    {
        await Host.Sh(Back);
        (var open, comesAlong) = await judge.Open();
        Assert.True(open.Count >= 35, $"nothing of the recipe should be so now, and only these are not: {string.Join(", ", open)}");
        started = await Started();
    }

    public override async Task<Func<string, bool?>> Look(string round)
    {
        var ((open, _), starts) = (await judge.Open(), await Started() - started);
        return address =>
            address == $"restart {Unit}" ? starts > 1
            : open.Any(one => Told.IsOf(address, one)) ? false
            : comesAlong.Contains(address) ? null
            : true;
    }

    public override async Task<string> State(string round) =>
        $"""
        {await Host.Sh($$"""
        cd /etc && sha256sum hostname hosts timezone login.defs ssh/sshd_config bash.bashrc fstab sysctl.d/*ip_forward* modprobe.d/*nf_conntrack* sudoers.d/app cron.d/app systemd/system/{{Unit}} apt/sources.list.d/signed*
        find /srv/etc /srv/www /srv/unpacked /srv/scratch /srv/once /srv/app/.ssh -printf '%p %y %m %u:%g %l\n' | sort
        find /srv/etc /srv/www /srv/unpacked /srv/once /srv/app/.ssh -type f ! -name 'id_ed25519*' -exec sha256sum {} + | sort -k 2
        git -C /srv/checkout rev-parse HEAD
        dpkg-query -W -f '${Package} ${Version} ${Status}\n' cfg-demo cfg-signed git curl locales
        locale -a; cat /etc/default/locale
        getent passwd app; getent group crew
        hostname; sysctl net.ipv4.ip_forward; readlink /etc/localtime; ls -d /srv/old 2>&1
        systemctl show -p ActiveState,UnitFileState,NeedDaemonReload {{Unit}} cfg-demo.service
        findmnt -no OPTIONS /srv/scratch
        """)}
        started {await Started() - started}
        """;

    public override bool IsOf(string step, string round) => step.Length > 0;

    public override bool Wants(string command) =>
        command is "/bin/sleep infinity" || command.Contains("cfg-demo", StringComparison.Ordinal);

    public override IEnumerable<string> Directories(string round) => ["/srv", "/etc", "/root"];

    public override void Dispose()
    {
        files.Dispose();
        base.Dispose();
    }

    async Task<int> Started() =>
        int.Parse(await Host.Sh($"journalctl --sync; journalctl -q -o cat -u {Unit} | grep -c '^Started' || true"));
}
