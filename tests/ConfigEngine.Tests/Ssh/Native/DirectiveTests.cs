using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using ConfigEngine.Ssh.Native;
using ConfigEngine.Testing;

namespace ConfigEngine.Tests;

/// <summary>Every directive of ssh_config(5) is honoured, has no effect that matters, or is refused; none is overlooked.</summary>
public sealed partial class DirectiveTests
{
    const string Manual = "/usr/share/man/man5/ssh_config.5.gz";

    [Fact]
    public void What_becomes_of_each_directive() =>
        Snapshot.Verify(
            string.Join(
                '\n',
                Directive
                    .All.Values.OrderBy(directive => directive.Use)
                    .ThenBy(directive => directive.Name, StringComparer.OrdinalIgnoreCase)
                    .Select(directive =>
                        $"{directive.Name,-34}{Word(directive.Use)}"
                        + (directive.Harmless.Count > 0 ? $", unless {string.Join(" or ", directive.Harmless)}" : "")
                        + (directive.Why.Length > 0 ? $": {directive.Why}" : "")
                    )
            )
        );

    static string Word(DirectiveUse use) =>
        use switch
        {
            DirectiveUse.Honoured => "honoured",
            DirectiveUse.NoEffect => "without effect",
            _ => "refused",
        };

    [Fact]
    public void The_manual_page_names_none_that_is_not_in_the_table()
    {
        if (!System.IO.File.Exists(Manual))
            return;
        using GZipStream page = new(System.IO.File.OpenRead(Manual), CompressionMode.Decompress);
        using StreamReader reader = new(page);
        var named = Item().Matches(reader.ReadToEnd()).Select(match => match.Groups[1].Value).ToList();

        Assert.True(named.Count > 80, $"the manual page has {named.Count} directives");
        Assert.DoesNotContain(named, name => !Directive.All.ContainsKey(name));
    }

    [ToolFact("ssh")]
    public void Ssh_has_none_that_is_not_in_the_table()
    {
        using var ssh =
            Process.Start(new ProcessStartInfo("ssh", ["-G", "-F", "none", "x"]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException();
        var named = ssh.StandardOutput.ReadToEnd().Split('\n').Select(line => line.Split(' ')[0]).Where(name => name.Length > 0);

        Assert.DoesNotContain(named, name => !Directive.All.ContainsKey(name));
    }

    [GeneratedRegex(@"^\.It Cm ([A-Z]\w+)", RegexOptions.Multiline)]
    private static partial Regex Item();
}
