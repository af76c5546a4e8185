// What a host itself has: a value in a file of sections, a choice of the system's, and an environment of Python: cfg plan recipes/host.csx

Hosts(new Host("web1"));

var journald = new SystemdUnit("systemd-journald.service");

On("web1",
    new IniValue("/etc/systemd/journald.conf", "Journal", "SystemMaxUse") { Value = "200M", Notifies = [journald.Restart] },
    new Alternative("pager") { Path = "/bin/more" },
    new Package("python3-venv"),
    new User("app") { Home = "/srv/app", HomeExists = true },
    new PythonEnvironment("/srv/app/venv") { As = "app", Requirements = ["alembic==1.13.1", "psycopg2-binary==2.9.9"] });
