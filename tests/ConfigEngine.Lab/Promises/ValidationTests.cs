using File = ConfigEngine.Resources.File;

namespace ConfigEngine.Lab;

/// <summary>A file that breaks the configuration that it is a part of never replaces what is there.</summary>
[Collection("lab")]
public sealed class ValidationTests(Lab lab)
{
    /// <summary>Files that are right, and each with content that is right by itself or wrong, but breaks the whole.</summary>
    static readonly (string Path, string Good, string Bad)[] Files =
    [
        ("/etc/ssh/sshd_config.d/app.conf", "PrintMotd no\n", "PrintMotd no\nNoSuchWord yes\n"),
        ("/etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\n", "Include /etc/ssh/sshd_config.d/*.conf\nPort none\n"),
        ("/etc/sudoers.d/zz-app", "User_Alias APPS = deploy\n", "User_Alias OPS = deploy\nUser_Alias TAKEN = deploy\n"),
        ("/etc/nginx/conf.d/app.conf", "server { listen 81; }\n", "upstream taken { server 127.0.0.1:1; }\n"),
        ("/etc/nginx/sites-available/default", "server { listen 80; }\n", "server { listen 80; no_such_word; }\n"),
        ("/etc/nginx/snippets/app.conf", "keepalive_timeout 5;\n", "no_such_word;\n"),
        ("/etc/systemd/system/cron.service.d/app.conf", "[Service]\nNice=5\n", "[Service]\nNice=lots\n"),
    ];

    [LabFact]
    public async Task What_breaks_the_whole_never_replaces_what_is_there()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("""
            apt-get -q update && apt-get -q install -y nginx-light
            echo 'User_Alias TAKEN = ops' >/etc/sudoers.d/aa-first; chmod 440 /etc/sudoers.d/aa-first
            echo 'upstream taken { server 127.0.0.1:2; }' >/etc/nginx/conf.d/aa-first.conf
            echo 'include snippets/app.conf;' >/etc/nginx/conf.d/ab-first.conf; touch /etc/nginx/snippets/app.conf
            mkdir -p /etc/systemd/system/cron.service.d
            """);
        List<string> wrong = [];
        foreach (var (path, good, bad) in Files)
        {
            if ((await Rig.Apply(lab.SshConfig, host.Name, new File(path) { Content = good })).Error is { Length: > 0 } refused)
                wrong.Add($"{path}: refused what is right: {refused}");
            var before = await host.Sh($"cat {path}");
            var applied = await Rig.Apply(lab.SshConfig, host.Name, new File(path) { Content = bad });
            if (!applied.Error.Contains("is not valid; the old one stays", StringComparison.Ordinal) || applied.Report.Changes.Single() is not { State: ChangeState.Failed, Reached: Reached.Nothing })
                wrong.Add($"{path}: took what is wrong: {applied.Error} {applied.Report.Changes.Single()}");
            if (await host.Sh($"cat {path}") != before)
                wrong.Add($"{path}: is changed");
        }

        Assert.Empty(wrong);
        Assert.Equal("", await host.Sh("ls -A /tmp | grep ^tmp || true"));
    }

    [LabFact]
    public async Task What_can_be_checked_only_in_its_place_comes_back_where_that_fails()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh("printf 'old\n' >/etc/app.conf; chown deploy /etc/app.conf; chmod 640 /etc/app.conf");
        Shell check = $"! grep -q bad /etc/app.conf /etc/new.conf 2>/dev/null";

        var changed = await Rig.Apply(lab.SshConfig, host.Name, new File("/etc/app.conf") { Content = "bad\n", Owner = "root", Mode = "0644", ValidateAfter = check });
        var made = await Rig.Apply(lab.SshConfig, host.Name, new File("/etc/new.conf") { Content = "bad\n", ValidateAfter = check });
        var good = await Rig.Apply(lab.SshConfig, host.Name, new File("/etc/new.conf") { Content = "good\n", ValidateAfter = check });

        Assert.Contains("the new /etc/app.conf does not pass its check; what was there before is back", changed.Error, StringComparison.Ordinal);
        Assert.Contains("the new /etc/new.conf does not pass its check; what was there before is back", made.Error, StringComparison.Ordinal);
        Assert.Equal("", good.Error);
        Assert.All([changed, made], refused => Assert.True(refused.Report.Changes.Single() is { State: ChangeState.Failed, Reached: Reached.Nothing }));
        Assert.Equal("old deploy:640 good", await host.Sh("echo $(cat /etc/app.conf) $(stat -c %U:%a /etc/app.conf) $(cat /etc/new.conf)"));
    }
}
