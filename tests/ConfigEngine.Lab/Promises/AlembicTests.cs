using ConfigEngine.Resources;

namespace ConfigEngine.Lab;

/// <summary>A schema on PostgreSQL and on SQLite: up, down by name, in branches, and stuck in the middle.</summary>
[Collection("lab")]
public sealed class AlembicTests(Lab lab)
{
    const string Url = "postgresql://app:s3cr%25et@127.0.0.1/app";

    /// <summary>A repository with two migrations, and a database.</summary>
    const string Prepare = """"
        apt-get -q update && apt-get -q install -y --no-install-recommends git alembic python3-psycopg2 >/dev/null
        runuser -u postgres -- psql -qc "create role app login password 's3cr%et'" -c 'create database app owner app'
        git init -q -b main /srv/work && cd /srv/work && git config user.name lab && git config user.email lab@example.com
        git config --system --add safe.directory '*'
        mkdir -p migrations/versions
        printf '[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:////srv/app/app.db\n' >alembic.ini
        cat >migrations/env.py <<'END'
        from alembic import context
        from sqlalchemy import create_engine
        print("something that an env.py prints")
        with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
            context.configure(connection=connection, target_metadata=None)
            with context.begin_transaction():
                context.run_migrations()
        END
        cat >/usr/local/bin/migration <<'END'
        #!/bin/sh
        # migration ID AFTER TABLE [BROKEN]: adds a migration to the project, and commits it
        cd /srv/work
        cat >migrations/versions/$1.py <<EOF
        """create $3"""
        from alembic import op
        import sqlalchemy as sa
        revision, down_revision = "$1", $2
        def upgrade():
            op.create_table("$3", sa.Column("id", sa.Integer, primary_key=True))
            $4
        def downgrade():
            op.drop_table("$3")
        EOF
        git add . && git commit -qm "$3" && git push -q /srv/app.git main
        END
        chmod 755 /usr/local/bin/migration
        git init -q --bare -b main /srv/app.git
        migration 1a None users; migration 2b '"1a"' orders
        """";

    [LabFact]
    public async Task A_schema_goes_up_and_down_as_it_is_told_and_says_where_it_stopped()
    {
        await using var host = await lab.StartHostAsync("bookworm-postgresql");
        using CfgProcess cfg = new(lab.SshConfig, new() { ["DATABASE_URL"] = Url });
        await host.Sh(Prepare);
        string Recipe(string more) =>
            cfg.PlaceOfHouse(
                "migration",
                text =>
                    text.Replace("web1", host.Name, StringComparison.Ordinal)
                        .Replace("https://git.example.com/app.git", "/srv/app.git", StringComparison.Ordinal)
                        .Replace("\"/srv/app/database-url\" });", $"\"/srv/app/database-url\"{more} }});", StringComparison.Ordinal)
            );
        var recipe = Recipe("");
        Task<string> Tables() =>
            host.Sh(
                "echo $(runuser -u postgres -- psql -qAtc \"select tablename from pg_tables where schemaname = 'public' order by 1\" app)"
            );

        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal("alembic_version orders users", await Tables());

        // What somebody changes by hand is seen, and nothing else is touched.
        await host.Sh(AsApp("downgrade 1a"));
        var back = Assert.Single(CfgProcess.Changes(await cfg.Run(0, "plan", recipe, "--json")));
        Assert.Equal("alembic-migration /srv/app/code", CfgProcess.Named(back));
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");

        // Migrations that fail in the middle: PostgreSQL takes back all of them.
        await host.Sh("migration 3c '\"2b\"' invoices; migration 4d '\"3c\"' payments 'op.execute(\"no such word\")'");
        var failed = await cfg.Run(1, "apply", recipe, "--yes");
        Assert.Contains("the schema is at 2b now", failed.Stdout, StringComparison.Ordinal);
        Assert.Equal("alembic_version orders users", await Tables());
        var left = await cfg.Run(0, "plan", recipe);
        Assert.Matches("up +\\(none\\) → \\[\"?3c create invoices\"?, \"?4d create payments\"?\\]", left.Stdout);

        // SQLite does not, and what is left is the next plan's.
        AlembicMigration lite = new("/srv/app/code") { As = "app" };
        Assert.Contains("the schema is at 3c now", (await host.Apply(lite)).Error, StringComparison.Ordinal);
        await host.Sh(
            "cd /srv/work && sed -i '/no such word/d' migrations/versions/4d.py && git commit -qam right && git push -q /srv/app.git main"
        );
        await cfg.Run(0, "apply", recipe, "--yes");
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal("alembic_version invoices orders payments users", await Tables());
        await host.Sh("python3 -c 'import sqlite3; sqlite3.connect(\"/srv/app/app.db\").execute(\"drop table payments\")'");
        var rest = await host.Apply(lite);
        Nothing.In(rest.Error);
        var steps = Assert.Single(rest.Plan.Changes).Attributes.Single(attribute => attribute.Name is "up").After;
        Assert.Equal(["4d create payments"], Assert.IsAssignableFrom<IEnumerable<string>>(steps));
        Assert.Empty((await host.Plan(lite)).Changes);

        // Down only by name.
        var down = Recipe(", Revision = \"2b\"");
        var refused = await cfg.Run(1, "plan", down);
        Assert.Contains("takes back \"4d create payments\" and \"3c create invoices\"", refused.Stdout, StringComparison.Ordinal);
        down = Recipe(", Revision = \"2b\", TakeBack = [\"4d\", \"3c\"]");
        var taken = await cfg.Run(0, "apply", down, "--yes");
        Assert.Contains("loses what the migration 3c create invoices added", taken.Stdout, StringComparison.Ordinal);
        await cfg.Run(0, "plan", down, "--exit-code");
        Assert.Equal("alembic_version orders users", await Tables());

        // Branches.
        await host.Sh("migration 5e '\"2b\"' shops");
        var branched = await cfg.Run(1, "apply", Recipe(""), "--yes");
        Assert.Contains("there are several heads: 4d and 5e", branched.Stdout, StringComparison.Ordinal);
        var heads = Recipe(", Revision = \"heads\"");
        await cfg.Run(0, "apply", heads, "--yes");
        await cfg.Run(0, "plan", heads, "--exit-code");
        Assert.Equal("alembic_version invoices orders payments shops users", await Tables());
        await cfg.Run(0, "plan", Recipe(", Revision = \"5e\""), "--exit-code");
        var unknown = await cfg.Run(1, "plan", Recipe(", Revision = \"ffff\""));
        Assert.Contains("has no revision ffff", unknown.Stdout, StringComparison.Ordinal);

        // The code is older than the schema; the URL leads nowhere; it would run as root.
        await host.Sh("cd /srv/work && git revert --no-edit HEAD >/dev/null && git push -q /srv/app.git main");
        await cfg.RunAny("apply", Recipe(", Revision = \"heads\""), "--yes");
        var old = await cfg.Run(1, "plan", Recipe(", Revision = \"heads\""));
        Assert.Contains("its code is older than its schema", old.Stdout, StringComparison.Ordinal);
        await host.Sh(
            "echo 'postgresql://app:other-secret@127.0.0.1:1/app' >/srv/app/wrong; chown app /srv/app/wrong; chown -R app /srv/app/code"
        );
        var nowhere = await host.ErrorOf(lite with { UrlFile = "/srv/app/wrong" });
        Assert.Contains("the database cannot be asked: OperationalError", nowhere, StringComparison.Ordinal);
        Assert.DoesNotContain("other-secret", nowhere, StringComparison.Ordinal);
        Assert.Contains(
            "it would run as root what app can change in /srv/app/code",
            await host.ErrorOf(lite with { As = null }),
            StringComparison.Ordinal
        );

        foreach (var file in System.IO.Directory.EnumerateFiles(cfg.Directory, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("s3cr", System.IO.File.ReadAllText(file), StringComparison.Ordinal);
    }

    static string AsApp(string command) =>
        "cd /srv/app/code && runuser -u app -- python3 -B -c 'import sys; from alembic.config import Config; from alembic import command; "
        + "c = Config(\"alembic.ini\"); url = open(\"/srv/app/database-url\").readline().strip(); "
        + "c.set_main_option(\"sqlalchemy.url\", url.replace(\"%\", \"%%\")); getattr(command, sys.argv[1])(c, sys.argv[2])' "
        + command;
}
