using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>What a host itself has, or does without: values of files, choices, environments of Python, snapd.</summary>
[Collection("lab")]
public sealed class HostTests(Lab lab)
{
    /// <summary>Two programs for one name, a file of sections, and packages of Python in two versions.</summary>
    const string Prepare = """"
        apt-get -q update && apt-get -q install -y --no-install-recommends python3-venv >/dev/null
        for i in 1 2; do printf '#!/bin/sh\necho %s\n' $i >/usr/local/bin/tool-$i; chmod 755 /usr/local/bin/tool-$i; done
        update-alternatives --install /usr/bin/tool tool /usr/local/bin/tool-1 10 >/dev/null
        update-alternatives --install /usr/bin/tool tool /usr/local/bin/tool-2 20 >/dev/null
        printf '; first\nname = app\n\n[web]\n# port = 80\nport = 80\n\n[other]\nport = 1\n' >/etc/app.ini
        mkdir -p /srv/wheels; cd /srv/wheels
        python3 - <<'END'
        import zipfile
        for version in ("1.0", "2.0"):
            with zipfile.ZipFile(f"lab_tool-{version}-py3-none-any.whl", "w") as wheel:
                info = f"lab_tool-{version}.dist-info"
                wheel.writestr("lab_tool.py", f"version = '{version}'\n")
                wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: lab-tool\nVersion: {version}\n")
                wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: lab\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
                wheel.writestr(f"{info}/RECORD", "")
        END
        """";

    static readonly Resource[] All =
    [
        new IniValue("/etc/app.ini", "web", "port") { Value = "8080" },
        new IniValue("/etc/app.ini", "web", "greeting") { Value = "it's 100 = # \"odd\" ; é" },
        new IniValue("/etc/app.ini", "new section", "key") { Value = "x" },
        new Alternative("tool") { Path = "/usr/local/bin/tool-1" },
        new PythonEnvironment("/home/plain/venv")
        {
            As = "plain",
            Requirements = ["lab-tool==2.0"],
            PipOptions = ["--no-index", "--find-links=/srv/wheels"],
        },
    ];

    const string Look = """
        python3 -c 'import configparser; c = configparser.RawConfigParser(); c.read_string("[top]\n" + open("/etc/app.ini").read())
        print(c["web"]["greeting"]); print(c["web"]["port"]); print(c["other"]["port"])'
        grep -c '^[;#]' /etc/app.ini; tool
        /home/plain/venv/bin/python -c 'import lab_tool; print(lab_tool.version)'; stat -c %U /home/plain/venv
        """;

    const string There = "it's 100 = # \"odd\" ; é\n8080\n1\n2\n1\n2.0\nplain";

    [LabFact]
    public async Task Values_choices_and_environments_are_used_and_repaired()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(Prepare);

        Nothing.In((await host.Apply(All)).Error);
        Assert.Empty((await host.Plan(All)).Changes);
        Assert.Equal(There, await host.Sh(Look));

        foreach (
            var (breaks, address, attributes) in ((string, string, string)[])
                [
                    ("sed -i s/8080/81/ /etc/app.ini", "ini-value /etc/app.ini: [web] port", "content"),
                    ("sed -i /greeting/d /etc/app.ini", "ini-value /etc/app.ini: [web] greeting", "content"),
                    ("update-alternatives --auto tool", "alternative tool", "path status"),
                    ("ln -sfn /usr/local/bin/tool-2 /etc/alternatives/tool", "alternative tool", "path"),
                    (
                        InVenv("install --no-index --find-links=/srv/wheels lab-tool==1.0"),
                        "python-environment /home/plain/venv",
                        "lab-tool"
                    ),
                    (InVenv("uninstall -y lab-tool"), "python-environment /home/plain/venv", "lab-tool"),
                    ("rm /home/plain/venv/bin/python3", "python-environment /home/plain/venv", "exists lab-tool"),
                    ("rm -r /home/plain/venv", "python-environment /home/plain/venv", "exists lab-tool"),
                ]
        )
        {
            var change = await host.Repaired(breaks, All);
            Assert.Equal(address, change.Address);
            Assert.Equal(attributes.Split(' '), change.Attributes.Select(one => one.Name).Order(StringComparer.Ordinal));
        }

        Assert.Equal(There, await host.Sh(Look));

        // What a file of a project requires; and what cannot be had is an error of pip's.
        await host.WriteFile(
            "/srv/requirements.txt",
            "# pinned\nlab_tool==1.0 ; python_version >= \"3\"\nno-such==1 ; python_version < \"3\"\n"
        );
        PythonEnvironment ofFile = new("/home/plain/venv")
        {
            As = "plain",
            RequirementsFile = "/srv/requirements.txt",
            PipOptions = ["--no-index", "--find-links=/srv/wheels"],
        };
        Nothing.In((await host.Apply(ofFile)).Error);
        Assert.Empty((await host.Plan(ofFile)).Changes);
        Assert.Equal("1.0", await host.Sh("/home/plain/venv/bin/python -c 'import lab_tool; print(lab_tool.version)'"));
        Assert.Contains(
            "No matching distribution found for lab-tool==9",
            (await host.Apply(ofFile with { RequirementsFile = null, Requirements = ["lab-tool==9"] })).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "root would run what plain can change",
            await host.ErrorOf(new PythonEnvironment("/home/plain/venv")),
            StringComparison.Ordinal
        );

        // The recipe of the house, from nothing.
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = cfg.PlaceOfHouse(
            "host",
            text =>
                text.Replace("web1", host.Name, StringComparison.Ordinal)
                    .Replace(
                        "[\"alembic==1.13.1\", \"psycopg2-binary==2.9.9\"]",
                        "[\"lab-tool==1.0\"], PipOptions = [\"--no-index\", \"--find-links=/srv/wheels\"]",
                        StringComparison.Ordinal
                    )
        );
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal("app", await host.Sh("stat -c %U /srv/app/venv; grep -q '^SystemMaxUse=200M' /etc/systemd/journald.conf"));

        NoIniValue gone = new("/etc/app.ini", "web", "greeting");
        Nothing.In((await host.Apply(gone)).Error);
        Assert.Empty((await host.Plan(gone)).Changes);
        Alternative auto = new("tool");
        Nothing.In((await host.Apply(auto)).Error);
        Assert.Equal("2", await host.Sh("tool"));
    }

    static string InVenv(string pip) => $"runuser -u plain -- /home/plain/venv/bin/python -m pip -q --disable-pip-version-check {pip}";

    [LabFact]
    public async Task Snapd_is_gone_and_stays_gone()
    {
        await using var host = await lab.StartHostAsync();
        using CfgProcess cfg = new(lab.SshConfig);
        await host.Sh("apt-get -q update && apt-get -q install -y --no-install-recommends snapd >/dev/null; mkdir -p /var/snap/app");
        var recipe = cfg.PlaceOfHouse("without-snapd", text => text.Replace("web1", host.Name, StringComparison.Ordinal));

        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal(
            "masked masked none",
            await host.Sh(
                "echo $(systemctl show -p LoadState --value snapd.service snapd.socket) "
                    + "$(ls -d /var/snap /var/lib/snapd 2>/dev/null || echo none); ! pgrep snapd"
            )
        );
        Assert.Contains("no installation candidate", await host.Sh("! apt-get -s install snapd 2>&1"), StringComparison.Ordinal);

        // A host that never had it is as it should be but for what keeps it so.
        await host.Sh("rm /etc/apt/preferences.d/no-snapd /etc/systemd/system/snapd.*; systemctl daemon-reload");
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
    }
}
