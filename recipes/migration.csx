// The schema of an application, migrated by Alembic whenever its code changes: DATABASE_URL=postgresql://… cfg plan recipes/migration.csx

Hosts(new Host("web1"));

var url = Secrets.Environment("DATABASE_URL");

On("web1",
    new Package("git"),
    new Package("alembic"),
    new Package("python3-psycopg2"),
    new User("app") { Home = "/srv/app", HomeExists = true },
    new GitCheckout("/srv/app/code") { Repository = "https://git.example.com/app.git", As = "app" },

    // The URL is a secret: it is in no command, and only the application may read it.
    new File("/srv/app/database-url") { Content = $"{url}\n", Owner = "app", Group = "app", Mode = "0600" },
    new AlembicMigration("/srv/app/code") { As = "app", UrlFile = "/srv/app/database-url" });
