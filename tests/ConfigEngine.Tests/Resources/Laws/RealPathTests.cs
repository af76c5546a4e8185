using System.Text;
using ConfigEngine.Resources;
using ConfigEngine.Ssh;
using FsCheck;
using FsCheck.Fluent;

namespace ConfigEngine.Tests.Resources;

/// <summary>
/// Any name that a file can have, and any bytes in it, through a real shell on this machine: exactly so, and then no change.
/// </summary>
public sealed class RealPathTests : IDisposable
{
    static readonly Host Here = new("here") { Transport = Transport.Local };

    static readonly Gen<string> Names =
        from runes in Gen.Choose(1, 12)
            .SelectMany(count =>
                Gen.ListOf(
                    Gen.Frequency(
                        (3, Gen.Elements(" '\"$`\\;&|<>*?[]{}()!#~-=%\n\t\r\u001b\u007f:,.".Select(c => new Rune(c)).ToArray())),
                        (2, Gen.Choose('a', 'e').Select(c => new Rune(c))),
                        (1, Gen.Elements(new Rune('ü'), new Rune('\u2028'), new Rune(0x1F98A), new Rune('\u202e')))
                    ),
                    count
                )
            )
        let name = string.Concat(runes)
        where name is not ("." or "..")
        select name;

    static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(i => (byte)i).ArrayOf();

    readonly string root = System.IO.Directory.CreateTempSubdirectory("cfg paths '$(x)' ").FullName;

    [Fact]
    public void Any_name_and_any_bytes_arrive_exactly() =>
        Prop.ForAll(
                Gen.ListOf(Names.SelectMany(name => Bytes.Select(bytes => (Name: name, Bytes: bytes))), 25).ToArbitrary(),
                cases => Converges(cases)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3).WithEndSize(300));

    public void Dispose() => System.IO.Directory.Delete(root, recursive: true);

    void Converges(IEnumerable<(string Name, byte[] Bytes)> cases)
    {
        var home = System.IO.Directory.CreateDirectory(Path.Combine(root, Guid.NewGuid().ToString("N"))).FullName;
        List<(string Name, byte[] Bytes)> all = [.. cases.DistinctBy(each => each.Name).DistinctBy(each => each.Name + "_")];
        string At(string kind, string name) => $"{home}/{kind}/{name}";
        foreach (var (name, _) in all)
        {
            System.IO.Directory.CreateDirectory($"{home}/gone");
            System.IO.File.WriteAllText(At("gone", name), "old");
        }

        System.IO.File.WriteAllText($"{home}/lines", "first\n");
        List<Resource> resources =
        [
            .. ((string[])["files", "directories", "links"]).Select(kind => new ConfigEngine.Resources.Directory($"{home}/{kind}")),
        ];
        foreach (var (name, bytes) in all)
        {
            resources.AddRange([
                new ConfigEngine.Resources.File(At("files", name)) { Content = bytes, Mode = "0640" },
                new ConfigEngine.Resources.Directory(At("directories", name)) { Mode = "0750" },
                new Symlink(At("links", name)) { Target = name },
                new NoPath(At("gone", name)),
                .. name.AsSpan().IndexOfAny('\n', '\r') < 0 ? (Resource[])[new Line($"{home}/lines", name)] : [],
            ]);
        }

        Catalog catalog = new();
        catalog.Add("all", null, resources);
        Apply(catalog);

        foreach (var (name, bytes) in all)
        {
            Assert.Equal(bytes, System.IO.File.ReadAllBytes(At("files", name)));
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead,
                System.IO.File.GetUnixFileMode(At("files", name))
            );
            Assert.True(System.IO.Directory.Exists(At("directories", name)));
            Assert.Equal(name, new FileInfo(At("links", name)).LinkTarget);
        }

        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries($"{home}/gone"));
        Assert.Equal(all.Count, System.IO.Directory.GetFiles($"{home}/files").Length);
        Assert.Equal(
            ["first", .. all.Select(each => each.Name).Where(name => name.AsSpan().IndexOfAny('\n', '\r') < 0)],
            System.IO.File.ReadAllText($"{home}/lines").TrimEnd('\n').Split('\n')
        );
    }

    void Apply(Catalog catalog) =>
        Task.Run(async () =>
            {
                using Connector connector = new(new() { Records = Path.Combine(root, "records") });
                await using Engine engine = new(catalog, new(), connector, new() { Everywhere = Here, KeepSessions = true });
                var plan = await engine.Plan(_ => { }, CancellationToken.None);
                Assert.Null(plan.Hosts[0].Error);
                var report = await engine.Apply(plan, _ => { }, CancellationToken.None, CancellationToken.None);
                Assert.All(report.Hosts, host => Assert.Null(host.Error));

                await using Engine again = new(catalog, new(), connector, new() { Everywhere = Here });
                var second = await again.Plan(_ => { }, CancellationToken.None);
                Assert.Null(second.Hosts[0].Error);
                Assert.Empty(second.Hosts[0].Changes);
            })
            .GetAwaiter()
            .GetResult();
}
