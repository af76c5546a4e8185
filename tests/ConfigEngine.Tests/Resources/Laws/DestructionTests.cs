using ConfigEngine.Resources;
using Directory = ConfigEngine.Resources.Directory;
using File = ConfigEngine.Resources.File;
using Package = ConfigEngine.Resources.Package;

namespace ConfigEngine.Tests.Resources;

/// <summary>
/// All that is lost by a change and that its resource does not name is an effect of it, so that a plan that did not show it is not
/// applied. A table of every resource: one that is not in it has not been thought about.
/// </summary>
public sealed class DestructionTests
{
    const string Ann = "missing\npasswd=ann:x:1001:1001::/home/ann:/bin/sh\nprimary=ann\ngroups=ann adm docker\n";
    const string Commit = "1111111111111111111111111111111111111111";
    const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEFbNliDpjfszsTX2MZjeoK3kp408Voar0TjwMHiSizQ";
    const string Fstab = "tmpfs /srv/x tmpfs defaults 0 0\n";

    /// <summary>A resource, what its host says, and what is lost then.</summary>
    static IEnumerable<(Resource Resource, string Answer, string[] Lost)> Losses =>
        [
            (
                new Tree("/srv/www") { From = [], Purge = true },
                "directory|755|root|root\nmissing\n\n\nall\n/srv/www/a\0/srv/www/d\0/srv/www/d/1\0",
                ["Removes /srv/www/a", "Removes /srv/www/d"]
            ),
            (new Absent("/srv/old"), "directory|755|root|root\nmissing\n", ["Discards all that is in /srv/old"]),
            (new User("ann") { GroupsExactly = ["adm"] }, Ann, ["Removes ann from the group docker"]),
            (new User("ann") { Group = "web" }, Ann, ["Removes ann from the group ann"]),
            (new UserGroup("web") { MembersExactly = ["ann"] }, "missing\nweb:x:1002:ann,bob\n", ["Removes bob from the group web"]),
            (new NoUser("ann") { RemoveHome = true }, Ann, ["Removes /home/ann"]),
            (
                new GitCheckout("/srv/app")
                {
                    Repository = "/srv/app.git",
                    Revision = Commit,
                    LocalChanges = LocalChanges.Discarded,
                },
                $"parent=directory\ntype=checkout\ncommit={Commit.Replace('1', '2')}\nchange= M one\norigin=/srv/app.git\nlocal=yes\n",
                [
                    "Discards what was changed by hand in /srv/app",
                    "Discards M one in /srv/app",
                    $"Discards commit {Commit.Replace('1', '2')} from /srv/app, which is on no branch and no tag of the repository: git "
                        + $"reflog still finds it",
                ]
            ),
            (
                new NoMount("/srv/x"),
                "point directory\nmounted 0:41 / rw,relatime tmpfs none rw\nreal none\nfstab\n" + FstabAnswer,
                ["Unmounts /srv/x"]
            ),
            (
                new Mount("/srv/x")
                {
                    Device = "tmpfs",
                    Type = "tmpfs",
                    Mounted = false,
                },
                "point directory\nmounted 0:41 / rw,relatime tmpfs tmpfs rw\nreal tmpfs\nfstab\n" + FstabAnswer,
                ["Unmounts /srv/x"]
            ),
            (
                new AptRepository("x") { Uris = ["file:/srv/x"], Suites = ["./"] },
                "elsewhere /etc/apt/sources.list.d/x.list\nabsent|directory\nmissing\nabsent|directory\nmissing\n",
                ["Removes /etc/apt/sources.list.d/x.list"]
            ),
            (
                new SshKey("ann") { Type = "rsa" },
                $"type=key\nmode=600\npublic={Key}\nfile={Key}\nlength=256\n",
                ["Discards the ed25519 key ~ann/.ssh/id_rsa"]
            ),
            (new Reboot(), "flag=/run/reboot-required\n", ["Reboots host"]),
        ];

    /// <summary>What takes nothing that it does not name by its key or properties, or of which a simulation tells what it takes.</summary>
    static readonly Dictionary<Type, string> NameAll = new()
    {
        [typeof(AuthorizedKey)] = "the options of a key that it names",
        [typeof(Block)] = "what is between markers that it names",
        [typeof(Command)] = "nobody can tell what a command does; the plan shows it whole",
        [typeof(CronJob)] = "a file of its own",
        [typeof(Directory)] = "the owner and mode of a directory that it names",
        [typeof(Download)] = "the content of a file that it names; what is no file there is refused",
        [typeof(File)] = "the content of a file that it names; what is no file there is refused",
        [typeof(Hostname)] = "a name, of which there is one",
        [typeof(HostsEntry)] = "names that it names, from other addresses",
        [typeof(KernelModule)] = "a module that it names",
        [typeof(Line)] = "a line that it names by an expression",
        [typeof(NoAptRepository)] = "files that it names",
        [typeof(NoAuthorizedKey)] = "a key that it names",
        [typeof(NoBlock)] = "what is between markers that it names",
        [typeof(NoLine)] = "lines that it names by an expression",
        [typeof(NoUserGroup)] = "a group that it names",
        [typeof(Package)] = "what apt takes with it is told by its simulation (PackagePreviewTests)",
        [typeof(PackageIndex)] = "nothing",
        [typeof(Sudoers)] = "a file of its own",
        [typeof(Symlink)] = "where a link points that it names; what is no link there is refused",
        [typeof(Sysctl)] = "a setting that it names",
        [typeof(SystemdUnit)] = "a unit that it names",
        [typeof(Timezone)] = "the zone, of which there is one",
        [typeof(UnitFile)] = "a file of its own",
    };

    static string FstabAnswer => $"file|644|0|0|{((Content)Fstab).Length}|{((Content)Fstab).Digest}\nmissing\n{Fstab}";

    [Fact]
    public void Every_resource_is_thought_about() =>
        Assert.Equal(
            AllResources.Types.OrderBy(type => type.Name, StringComparer.Ordinal),
            Losses
                .Select(loss => loss.Resource.GetType())
                .Concat(NameAll.Keys)
                .Distinct()
                .OrderBy(type => type.Name, StringComparer.Ordinal)
        );

    [Fact]
    public void What_is_lost_is_an_effect_and_needs_consent() =>
        Assert.All(
            Losses,
            loss =>
                Assert.Equal(
                    loss.Lost.Order(StringComparer.Ordinal),
                    Changed(loss.Resource, loss.Answer)
                        .Effects.Where(effect => effect.NeedsConsent && effect.Kind is not EffectKind.MayCutConnection)
                        .Select(effect => $"{effect.Kind} {effect.What}")
                        .Order(StringComparer.Ordinal)
                )
        );

    [Fact]
    public void What_is_lost_and_was_not_shown_stops_the_host() =>
        Assert.All(
            Losses.Where(loss => loss.Resource is not Reboot),
            loss =>
            {
                var becomes = Planned(loss.Resource, loss.Answer);
                var shown = becomes with
                {
                    Blocks =
                    [
                        new(
                            1,
                            [
                                new(
                                    loss.Resource,
                                    becomes.Changes.Single() with
                                    {
                                        Certainty = Certainty.Predicted,
                                        Effects = Effect.Of(loss.Resource),
                                    }
                                ),
                            ],
                            []
                        ),
                    ],
                };

                Unshown.Check(becomes, becomes);
                Assert.Contains(
                    "would do more than the plan showed",
                    Assert.Throws<UnshownException>(() => Unshown.Check(shown, becomes)).Message,
                    StringComparison.Ordinal
                );
            }
        );

    static Change Changed(Resource resource, string answer) => Planned(resource, answer).Changes.Single();

    static HostPlan Planned(Resource resource, string answer)
    {
        var plan = Planner.Plan(
            "web1",
            [(1, [resource])],
            Planner.Questions([resource]).ToDictionary(question => question, _ => Output.Of(answer)),
            []
        );
        Assert.Equal("", plan.Error?.Message ?? "");
        return plan;
    }
}
