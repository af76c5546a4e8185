using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>
/// Checkouts in the states that administrators meet: what the plan says of them is so, and nothing of theirs is lost, on one host.
/// </summary>
[Collection("lab")]
public sealed class CheckoutCasesTests(Lab lab)
{
    [LabFact]
    public async Task What_a_plan_says_of_checkouts_is_so()
    {
        await using var host = await lab.StartHostAsync();
        await host.Sh(
            """
            apt-get -q update >/dev/null && apt-get install -qy --no-install-recommends git >/dev/null
            git config --system user.email t@example.org && git config --system user.name t && git config --system init.defaultBranch main && git config --system protocol.file.allow always
            """
        );

        await Case_06_submodules_are_left_as_they_are(host);
        await Case_23_files_that_git_does_not_know_are_not_replaced(host);
        await Case_26_a_commit_that_was_made_here_is_not_left_without_a_word(host);
        await Branches_that_became_directories_and_tags_that_moved(host);
        await Shallow_clones_and_worktrees(host);
    }

    static async Task Case_06_submodules_are_left_as_they_are(LabHost host)
    {
        await host.Sh(
            """
            set -e; mkdir -p /srv/git; cd /srv/git
            git init -q sub; (cd sub; echo 1 >s; git add .; git commit -qm 1)
            git init -q up; cd up; git submodule --quiet add /srv/git/sub sub; git commit -qm 1
            git clone -q /srv/git/up /srv/app; cd /srv/app; git checkout -q --detach; git submodule --quiet update --init
            cd /srv/git/sub; echo 2 >s; git commit -qam 2
            cd /srv/git/up/sub; git pull -q; cd ..; git commit -qam 'the new sub'
            """
        );
        GitCheckout app = new("/srv/app") { Repository = "/srv/git/up", Revision = "main" };

        var applied = await host.Apply(app);
        Nothing.In(applied.Error);
        Assert.Equal(["submodules are left as they are: git submodule update is yours to run"], applied.Plan.Changes.Single().Notes);
        Assert.Empty((await host.Plan(app)).Changes);
        await host.Sh("git -C /srv/app submodule --quiet update");
        Assert.Empty((await host.Plan(app with { LocalChanges = LocalChanges.Discarded })).Changes);
    }

    async Task Case_23_files_that_git_does_not_know_are_not_replaced(LabHost host)
    {
        await host.Sh(
            """
            set -e; git init -q /srv/git/way; cd /srv/git/way; echo 1 >a; mkdir d; echo 1 >d/t; git add .; git commit -qm 1
            git clone -q /srv/git/way /srv/way; git -C /srv/way checkout -q --detach
            echo default >settings; echo cache >.gitignore; echo 1 >cache; mkdir below; echo 1 >below/f; git rm -qr d; echo file >d; git add -f .; git commit -qm 2
            cd /srv/way; echo mine >settings; echo mine >cache; echo mine >below; echo mine >d/own; echo mine >elsewhere
            """
        );
        GitCheckout way = new("/srv/way")
        {
            Repository = "/srv/git/way",
            Revision = "main",
            LocalChanges = LocalChanges.Discarded,
        };
        var before = await host.Sh("cd /srv/way && find . -type f ! -path './.git/index' | sort | xargs sha256sum");

        foreach (
            var checkout in (GitCheckout[])
                [
                    way,
                    way with
                    {
                        LocalChanges = LocalChanges.Refused,
                    },
                    way with
                    {
                        Revision = await host.Sh("git -C /srv/git/way rev-parse HEAD"),
                    },
                ]
        )
            Assert.Contains(
                "has files of its own in their place: below, cache, d/own and settings",
                await host.ErrorOf(checkout),
                StringComparison.Ordinal
            );
        Assert.Equal(before, await host.Sh("cd /srv/way && find . -type f ! -path './.git/index' | sort | xargs sha256sum"));

        // One that comes between the plan and the apply is refused by git, and stays.
        await host.Sh("cd /srv/way && rm settings cache below d/own");
        var late = await Rig.Apply(lab.SshConfig, new Host(host.Name), [way], _ => host.Sh("echo mine >/srv/way/cache"));
        Assert.Contains("cache", late.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await host.Sh("cat /srv/way/cache"));
        await host.Sh("rm /srv/way/cache");
        Nothing.In((await host.Apply(way)).Error);
        Assert.Equal("default file 1 mine", await host.Sh("cd /srv/way && echo $(cat settings d below/f elsewhere)"));
        Assert.Empty((await host.Plan(way)).Changes);
    }

    static async Task Case_26_a_commit_that_was_made_here_is_not_left_without_a_word(LabHost host)
    {
        await host.Sh(
            """
            set -e; git init -q /srv/git/local; cd /srv/git/local; echo 1 >a; git add .; git commit -qm 1
            git clone -q /srv/git/local /srv/localc; cd /srv/localc; git checkout -q --detach; echo hotfix >a; git commit -qam hotfix
            """
        );
        GitCheckout local = new("/srv/localc") { Repository = "/srv/git/local", Revision = "main" };
        var hotfix = await host.Sh("git -C /srv/localc rev-parse HEAD");

        Assert.Contains(
            $"commit {hotfix} is checked out, which is on no branch and no tag",
            await host.ErrorOf(local),
            StringComparison.Ordinal
        );
        Assert.Equal(hotfix, await host.Sh("git -C /srv/localc rev-parse HEAD"));
        var discarded = await host.Apply(local with { LocalChanges = LocalChanges.Discarded });
        Nothing.In(discarded.Error);
        Assert.Contains(
            $"commit {hotfix} from /srv/localc",
            Assert.Single(discarded.Plan.Changes.Single().Effects).What,
            StringComparison.Ordinal
        );

        // What this tool checked out is not taken for somebody's own, also when the branch was rewritten and all was fetched since.
        await host.Sh("cd /srv/git/local && echo 2 >a && git commit -qa --amend -m other && git -C /srv/localc fetch -q --prune");
        Nothing.In((await host.Apply(local)).Error);
        Assert.Empty((await host.Plan(local)).Changes);
    }

    static async Task Branches_that_became_directories_and_tags_that_moved(LabHost host)
    {
        await host.Sh(
            "set -e; git init -q /srv/git/dirs; cd /srv/git/dirs; echo 1 >a; git add .; git commit -qm 1; git branch feature; git "
                + "branch old/x; git tag v1"
        );
        GitCheckout dirs = new("/srv/dirs") { Repository = "/srv/git/dirs", Revision = "feature" };
        Nothing.In((await host.Apply(dirs)).Error);

        await host.Sh(
            "set -e; cd /srv/git/dirs; git branch -D feature old/x; echo 2 >a; git commit -qam 2; git branch feature/one; git branch "
                + "old; git tag -f v1"
        );
        Assert.Contains("has no branch or tag feature", await host.ErrorOf(dirs), StringComparison.Ordinal);
        Nothing.In((await host.Apply(dirs with { Revision = "feature/one" })).Error);
        Assert.Equal("2", await host.Sh("cat /srv/dirs/a"));
        await host.Sh("set -e; cd /srv/git/dirs; git branch -D old; echo 3 >a; git commit -qam 3; git branch old/x; git tag -f v1");
        Nothing.In((await host.Apply(dirs with { Revision = "v1" })).Error);
        Assert.Equal("3", await host.Sh("cat /srv/dirs/a"));
        Assert.Empty((await host.Plan(dirs with { Revision = "old/x" })).Changes);
    }

    static async Task Shallow_clones_and_worktrees(LabHost host)
    {
        await host.Sh(
            """
            set -e; git init -q /srv/git/deep; cd /srv/git/deep; for i in 1 2 3; do echo $i >a; git add .; git commit -qm $i; done
            git clone -q --depth 1 file:///srv/git/deep /srv/shallow; git clone -q /srv/git/deep /srv/trunk; git -C /srv/trunk worktree add -q --detach /srv/tree
            echo 4 >a; echo n >new; git add .; git commit -qm 4; echo mine >/srv/shallow/other; echo mine >/srv/tree/other
            """
        );
        foreach (var (path, repository) in ((string, string)[])[("/srv/shallow", "file:///srv/git/deep"), ("/srv/tree", "/srv/git/deep")])
        {
            GitCheckout deep = new(path) { Repository = repository, Revision = "main" };
            await host.Sh($"echo mine >{path}/new");
            Assert.Contains("in their place: new", await host.ErrorOf(deep), StringComparison.Ordinal);
            await host.Sh($"rm {path}/new");
            Nothing.In((await host.Apply(deep)).Error);
            Assert.Equal("4 mine", await host.Sh($"echo $(cat {path}/a {path}/other)"));
            Assert.Empty((await host.Plan(deep)).Changes);
        }
    }
}
