using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>What is done as another user than the session's: of any size, and nothing of it for others to read.</summary>
[Collection("lab")]
public sealed class AsTests(Lab lab)
{
    [LabFact]
    public async Task A_tree_of_two_thousand_files_and_a_secret_are_another_users_through_runuser_and_through_sudo()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("install -d -o plain -g plain /srv/plain");
        IReadOnlyList<LocalEntry> files =
        [
            .. Enumerable
                .Range(0, 2000)
                .Select(i => new LocalEntry(
                    $"a directory {i % 10}/a file with a long name of which there are many {i}",
                    $"{i}\n",
                    Executable: false
                )),
        ];

        foreach (var session in (string[])[host.Name, $"{host.Name}-deploy"])
        {
            Tree tree = new($"/srv/plain/{session}") { From = files, As = "plain" };
            var applied = await Rig.Apply(lab.SshConfig, session, tree);
            Nothing.In(applied.Error);
            Assert.Equal("2000 plain", await host.Sh($"find /srv/plain/{session} -type f -printf '%u\\n' | uniq -c | sed 's/^ *//'"));
            Assert.Empty((await Rig.Plan(lab.SshConfig, session, tree)).Changes);

            // Each process that is there meanwhile, with its arguments: none has the script, or what it reads. Some end meanwhile.
            applied = await Rig.Apply(
                lab.SshConfig,
                session,
                new Command(
                    $"cat >/srv/plain/read; for each in /proc/[0-9]*; do tr '\\0' ' ' <$each/cmdline || :; echo; done "
                        + $">/srv/plain/seen 2>/dev/null"
                )
                {
                    Input = "what it reads\n",
                    As = "plain",
                }
            );
            Nothing.In(applied.Error);
            Assert.Equal("what it reads", await host.Sh("cat /srv/plain/read"));
            Assert.Equal("0", await host.Sh("grep -c -e 'srv/plain/seen' -e 'd2hhdCBpdCByZWFkcw' -e cfg_digest /srv/plain/seen || true"));
        }
    }
}
