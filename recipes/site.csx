// Two web servers that are set up once the database's host is: cfg plan recipes/site.csx

#load "lib/web.csx"

var database = On("db", host =>
[
    new PackageIndex(),
    new UserGroup("app"),
    new User("app") { Group = "app", Home = "/srv/app" },
    new Directory("/srv/app/data") { Owner = "app", Group = "app", Mode = "0750" },
    new Sysctl("net.core.somaxconn") { Value = "1024" },
]);

On("web", host =>
[
    new PackageIndex(),
    ReverseProxy("app.example.com", [new("/") { Proxy = $"http://127.0.0.1:{host.Var<int>("port")}" }]),
]).After = [database];
