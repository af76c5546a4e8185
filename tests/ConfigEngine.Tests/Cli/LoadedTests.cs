using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ConfigEngine.Tests;

/// <summary>What a run does not need is not loaded: it would make each start slower.</summary>
public sealed class LoadedTests : IDisposable
{
    readonly System.IO.DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cfg-loaded-");

    [ToolFact("ssh")]
    public void A_cached_start_over_openssh_loads_no_compiler_no_ssh_of_its_own_and_nothing_for_editors()
    {
        var first = Plan("openssh");
        var cached = Plan("openssh");

        Assert.Contains("Microsoft.CodeAnalysis.CSharp", first);
        Assert.Contains("ConfigEngine.Ssh", cached);
        Assert.DoesNotContain(
            cached,
            name =>
                name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
                || name
                    is "ConfigEngine.Editor"
                        or "StreamJsonRpc"
                        or "ConfigEngine.Ssh.Native"
                        or "Renci.SshNet"
                        or "BouncyCastle.Cryptography"
                        or "Humanizer"
        );
    }

    [Fact]
    public void A_start_over_ssh_of_its_own_loads_it() => Assert.Contains("Renci.SshNet", Plan("native"));

    [Fact]
    public void A_plan_from_recordings_loads_no_ssh()
    {
        var recipe = Path.Combine(directory.FullName, "site.csx");
        System.IO.File.WriteAllText(recipe, "On(\"all\", new Directory(\"/srv/x\"));\n");
        var recordings = Path.Combine(directory.FullName, "recordings");
        Assert.Contains("ConfigEngine.Ssh", Cfg("record", "record", "--local", "--for", recipe, "-o", recordings).Loaded);

        var (loaded, said) = Cfg("recorded", "plan", recipe, "--local", "--recorded", recordings);

        Assert.Contains("+ directory /srv/x", said, StringComparison.Ordinal);
        Assert.DoesNotContain(loaded, name => name is "ConfigEngine.Ssh" or "ConfigEngine.Ssh.Native" or "Renci.SshNet");
    }

    /// <summary>The assemblies of a plan for a host where nothing listens.</summary>
    string[] Plan(string transport)
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var recipe = Path.Combine(directory.FullName, "site.csx");
        System.IO.File.WriteAllText(recipe, "On(\"all\", new Directory(\"/srv/x\"));\n");
        var (loaded, said) = Cfg(transport, "plan", recipe, "--host", $"root@127.0.0.1:{port}", "--transport", transport);
        Assert.Contains("refused the connection", said, StringComparison.Ordinal);
        return loaded;
    }

    (string[] Loaded, string Said) Cfg(string name, params string[] words)
    {
        var list = Path.Combine(directory.FullName, $"{name}.list");
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "cfg.dll"), .. words])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = directory.FullName,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(LoadedTests).Assembly.Location;
        start.Environment["CFG_ASSEMBLIES"] = list;
        start.Environment["XDG_CACHE_HOME"] = directory.FullName;
        start.Environment["XDG_STATE_HOME"] = directory.FullName;
        using var cfg = Process.Start(start) ?? throw new InvalidOperationException();
        var said = cfg.StandardOutput.ReadToEnd() + cfg.StandardError.ReadToEnd();
        cfg.WaitForExit();
        return (System.IO.File.ReadAllLines(list), said);
    }

    public void Dispose() => directory.Delete(recursive: true);
}
