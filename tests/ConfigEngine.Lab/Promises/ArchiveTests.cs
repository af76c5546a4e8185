using System.Formats.Tar;
using System.Text;
using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Archives of every form, and what comes of those that somebody made to do harm.</summary>
[Collection("lab")]
public sealed class ArchiveTests(Lab lab) : IDisposable
{
    readonly DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-archive-");

    static readonly string[] Tools = ["bzip2", "xz-utils", "zstd", "unzip", "curl"];

    /// <summary>Where a link leads that goes through another one; by its words alone, it stays.</summary>
    const string Around = "a/b/d/../../q";

    /// <summary>How an archive of ./top is made, by the form.</summary>
    static readonly (string Form, string Command)[] Forms =
    [
        ("tar", "tar -cf - top"),
        ("tar.gz", "tar -cf - top | gzip"),
        ("tar.bz2", "tar -cf - top | bzip2"),
        ("tar.xz", "tar -cf - top | xz"),
        ("tar.zst", "tar -cf - top | zstd"),
    ];

    [LabTheory]
    [InlineData("bullseye")]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task An_archive_of_each_form_is_unpacked_and_stays_as_it_is(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        await host.Sh($"apt-get -q update && apt-get install -qy --no-install-recommends {string.Join(' ', Tools)}");
        List<Archive> all = [];
        foreach (var (form, command) in Forms)
            all.Add(
                new($"/srv/{form}")
                {
                    From = await Made(command),
                    Strip = 1,
                    Owner = "deploy",
                }
            );
        using var files = FileServer.Start(lab.Number.Address(1), (all[3].From?.Bytes ?? default).ToArray());
        all.Add(
            new("/srv/fetched")
            {
                Url = $"{files.Url}/moved#app.tar.xz",
                Checksum = $"sha256:{all[3].From?.Digest}",
                Strip = 1,
            }
        );

        var applied = await host.Apply([.. all]);

        Nothing.In(applied.Error);
        Assert.All(applied.Plan.Changes, change => Assert.Equal(Certainty.Exact, change.Certainty));
        Assert.Empty((await host.Plan([.. all])).Changes);
        foreach (var archive in all)
        {
            Assert.Equal(
                $"app conf bin/app 755 {archive.Owner ?? "root"}",
                await host.Sh(
                    $"cd {archive.Path} && echo $(cat bin/app 'ä b/conf'; readlink link; stat -c '%a %U' bin/app) && test ! -e top"
                )
            );
        }

        // By hand: one is changed, one is gone, one is put there besides.
        await host.Sh("cd /srv/tar.xz && echo x >>bin/app && rm link && echo mine >mine && echo mine >/srv/tar/mine");
        var drift = await host.Apply([.. all]);
        Nothing.In(drift.Error);
        var change = Assert.Single(drift.Plan.Changes);
        Assert.Equal(
            ["/srv/tar.xz/bin/app", "/srv/tar.xz/mine"],
            change.Effects.Where(effect => effect.Kind is EffectKind.Discards).Select(effect => effect.What).Order(StringComparer.Ordinal)
        );
        Assert.Equal("app", await host.Sh("cd /srv/tar.xz && cat bin/app && test -L link && test ! -e mine && test -e /srv/tar/mine"));

        // Another archive takes the place of the whole.
        var next = all[0] with
        {
            From = await Made("mkdir -p top/new && tar -cf - top/new"),
            Strip = 0,
        };
        Nothing.In((await host.Apply(next)).Error);
        Assert.Empty((await host.Plan(next)).Changes);
        Assert.Equal(".cfg-archive top", await host.Sh("echo $(ls -A /srv/tar)"));
        Assert.Equal("0", await host.Sh("ls -A /srv | grep -c '^[.]cfg' || :"));
    }

    [LabFact]
    public async Task A_zip_is_unpacked_too()
    {
        await using var host = await lab.StartHostAsync();
        using MemoryStream bytes = new();
        using (System.IO.Compression.ZipArchive zip = new(bytes, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in (string[])["hello", "bare"])
            {
                var entry = zip.CreateEntry($"top/{name}");

                // Python's zipfile and others say only a mode, and not that it is a file.
                if (name is "bare")
                    entry.ExternalAttributes = 0x180 << 16;
                await using var content = await entry.OpenAsync();
                await content.WriteAsync("hello\n"u8.ToArray());
            }
        }

        Archive archive = new("/srv/app") { From = bytes.ToArray(), Strip = 1 };
        Assert.Contains("the host has no unzip", await host.ErrorOf(archive), StringComparison.Ordinal);
        Nothing.In((await host.Apply(new PackageIndex(), new Package("unzip"), archive)).Error);
        Assert.Empty((await host.Plan(archive)).Changes);
        Assert.Equal("hello hello 600", await host.Sh("echo $(cat /srv/app/hello /srv/app/bare) $(stat -c %a /srv/app/bare)"));
    }

    [LabFact]
    public async Task What_would_do_harm_is_refused_by_the_host_and_leaves_what_was_there()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("apt-get -q update && apt-get install -qy --no-install-recommends xz-utils");
        Archive good = new("/srv/app") { From = await Made("tar -cf - top | xz"), Strip = 1 };
        Nothing.In((await host.Apply(good)).Error);

        // Nobody can read xz here, so it is the host that judges these.
        foreach (
            var (says, entries) in ((string, TarEntry[])[])
                [
                    ("/tmp/x leads out of the directory", [File("/tmp/x")]),
                    ("a/../../x leads out of the directory", [File("a/../../x")]),
                    ("a/su has a set-user-ID or set-group-ID bit", [File("a/su", UnixFileMode.SetUser)]),
                    ("a/null is a device", [new GnuTarEntry(TarEntryType.CharacterDevice, "a/null") { DeviceMajor = 1 }]),
                    ("a/pipe is a device, a pipe or a socket", [new GnuTarEntry(TarEntryType.Fifo, "a/pipe")]),
                    ("a/l is a link out of the directory, to /etc", [Link("a/l", "/etc")]),
                    ("a/l is a link out of the directory, to ../../etc", [Link("a/l", "../../etc")]),
                    ("l is a link out of the directory, to a/b/d/../../q", [File("a/b/x"), Link("a/b/d", "../.."), Link("l", Around)]),
                    ("d/passwd", [Link("d", "/etc"), File("d/passwd")]),
                    ("hard link", [new GnuTarEntry(TarEntryType.HardLink, "h") { LinkName = "/etc/shadow" }]),
                    ("is larger than 1000 bytes when it is unpacked (MaxSize)", [File("big", 0, 2000)]),
                ]
        )
        {
            var failed = await host.Apply(good with { From = await Xz(entries), Strip = 0, MaxSize = new(1000) });
            Assert.Contains(says, failed.Error, StringComparison.Ordinal);
            Assert.Equal("app .cfg-archive bin link ä b", await host.Sh("cd /srv/app && echo $(cat bin/app; ls -A)"));
            Nothing.In(await host.Sh("ls -A /srv | grep '^[.]cfg'; ls /tmp/x 2>/dev/null || :"));
            Assert.Empty((await host.Plan(good)).Changes);
        }
    }

    [LabFact]
    public async Task Nothing_is_unpacked_over_what_is_not_from_an_archive_or_leads_elsewhere()
    {
        await using var host = await lab.StartHostAsync();
        Archive archive = new("/srv/plain/app") { From = await Made("tar -cf - top"), Strip = 1 };
        await host.Sh(
            "mkdir -p /srv/plain/app /srv/victim; echo mine >/srv/plain/app/mine; chown -R plain /srv/plain; echo kept >/srv/victim/file"
        );
        Assert.Contains("/srv/plain/app is not empty, and not from an archive", await host.ErrorOf(archive), StringComparison.Ordinal);
        await host.Sh("rm -r /srv/plain/app && runuser -u plain -- ln -s /srv/victim /srv/plain/app");
        Assert.Contains("there is a symbolic link at /srv/plain/app", await host.ErrorOf(archive), StringComparison.Ordinal);

        // Somebody who may write there puts a link in its place after it was planned.
        await host.Sh("rm /srv/plain/app");
        var refused = await Rig.Apply(
            lab.SshConfig,
            new Host(host.Name),
            [archive],
            async _ => await host.Sh("runuser -u plain -- ln -s /srv/victim /srv/plain/app")
        );
        Assert.NotEqual("", refused.Error);
        Assert.Equal("kept file", await host.Sh("echo $(cat /srv/victim/file; ls -A /srv/victim)"));

        await host.Sh("rm /srv/plain/app");
        Nothing.In((await host.Apply(archive)).Error);
        Assert.Equal("root app", await host.Sh("echo $(stat -c %U /srv/plain/app; cat /srv/plain/app/bin/app)"));
    }

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>What a command prints, in a directory with a tree of its own.</summary>
    async Task<Content> Made(string command)
    {
        var place = directory.CreateSubdirectory(Guid.NewGuid().ToString("N")).FullName;
        (
            await LocalCommand.Run(
                "sh",
                "-c",
                "cd \"$1\" && umask 022 && mkdir -p top/bin 'top/ä b' && echo app >top/bin/app && chmod 755 top/bin/app && "
                    + $"echo conf >'top/ä b/conf' && ln -s bin/app top/link && ({command}) >made",
                "sh",
                place
            )
        ).Succeeded(command);
        return await System.IO.File.ReadAllBytesAsync(Path.Combine(place, "made"));
    }

    async Task<Content> Xz(params IReadOnlyList<TarEntry> entries)
    {
        var file = Path.Combine(directory.FullName, $"{Guid.NewGuid():N}.tar");
        await using (var stream = System.IO.File.Create(file))
        {
            await using TarWriter writer = new(stream, TarEntryFormat.Gnu);
            foreach (var entry in entries)
                await writer.WriteEntryAsync(entry);
        }

        (await LocalCommand.Run("xz", file)).Succeeded("xz");
        return await System.IO.File.ReadAllBytesAsync($"{file}.xz");
    }

    static GnuTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    static GnuTarEntry File(string name, UnixFileMode mode = default, int length = 1) =>
        new(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(new string('x', length))),
            Mode = mode | UnixFileMode.UserRead,
        };
}
