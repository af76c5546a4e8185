using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>Users and groups in the states that administrators meet: what the plan says of them is so, on one host.</summary>
[Collection("lab")]
public sealed class AccountCasesTests(Lab lab)
{
    [LabFact]
    public async Task Case_15_numbers_that_are_taken_are_refused_with_whose_they_are()
    {
        var host = await lab.StartHostAsync();
        await host.Sh("useradd -u 4445 first; groupadd -g 4545 ours");

        Assert.Contains("the number 4445 belongs to first", await ErrorOf(host, new User("second") { Uid = 4445 }), StringComparison.Ordinal);
        Assert.Contains("the number 4545 belongs to ours", await ErrorOf(host, new UserGroup("theirs") { Gid = 4545 }), StringComparison.Ordinal);
        Assert.Contains("the number 4545 belongs to ours", await ErrorOf(host, new UserGroup("first") { Gid = 4545 }), StringComparison.Ordinal);
        Assert.Equal("", await host.Sh("getent passwd second; getent group theirs; true"));

        // A number that an earlier line makes free is not taken, and the two are made in one go.
        var moved = await Apply(host, new User("first") { Uid = 4446 }, new User("second") { Uid = 4445, Groups = ["crew"] }, new UserGroup("ours") { Gid = 4546 }, new UserGroup("theirs") { Gid = 4545 });
        Assert.Contains("the group crew does not exist", moved.Error, StringComparison.Ordinal);
        moved = await Apply(host, new UserGroup("crew") { Gid = 4600 }, new User("first") { Uid = 4446 }, new User("second") { Uid = 4445, Groups = ["crew"] }, new UserGroup("ours") { Gid = 4546 }, new UserGroup("theirs") { Gid = 4545 });
        Assert.Equal("", moved.Error);
        Assert.Equal("4446 4445 4546 4545", await host.Sh("echo $(id -u first) $(id -u second) $(getent group ours theirs | cut -d: -f3)"));
    }

    [LabFact]
    public async Task The_home_that_a_user_gets_is_in_the_plan()
    {
        var host = await lab.StartHostAsync();
        await host.Sh("sed -i 's|^#* *HOME=.*|HOME=/srv|' /etc/default/useradd; grep -q ^HOME= /etc/default/useradd || echo HOME=/srv >>/etc/default/useradd");

        var applied = await Apply(host, new User("ann") { Comment = "Ann" }, new User("daemon1") { System = true, Shell = "/usr/sbin/nologin" });
        Assert.Equal("", applied.Error);
        Assert.Equal(["/home/ann", "/home/daemon1"], applied.Plan.Changes.Select(change => change.Attributes.Single(attribute => attribute.Name is "home").After));
        Assert.Equal("/home/ann /home/daemon1", await host.Sh("echo $(getent passwd ann daemon1 | cut -d: -f6)"));
        Assert.Equal("/home/ann", await host.Sh("ls -d /home/ann /home/daemon1 2>/dev/null || true"));
    }

    Task<Applied> Apply(LabHost host, params IReadOnlyList<IDeclaration> resources) => Rig.Apply(lab.SshConfig, host.Name, resources);

    async Task<string> ErrorOf(LabHost host, params IReadOnlyList<IDeclaration> resources) =>
        (await Rig.Plan(lab.SshConfig, host.Name, resources)).Hosts[0].Error?.Message ?? "";
}
