// Redis of the host far, as port 46379 of the host near, through a public host between them: far forwards its port to the public host
// (-R), near fetches it from there (-L). Keys are made on the hosts, and nobody gets a shell with them.
// The names in it are those of ssh's configuration; public.example.com is how near and far reach the public host.

#load "lib/ssh.csx"

const string Public = "public.example.com";

Hosts(new Host("near"), new Host("public"), new Host("far"));
Group("ends", "near", "far");

var key = new SshKey("tunnel");
var hostKey = new SshHostKey("ed25519");
var user = new User("tunnel") { HomeExists = true };

var ends = On("ends", user, key);

var between = On("public",
    hostKey,
    user,
    MayTunnel("tunnel", key.PublicKey.On("far"), "permitlisten=\"46379\""),
    MayTunnel("tunnel", key.PublicKey.On("near"), "permitopen=\"localhost:46379\""));
between.After = [ends];

On("far",
    new KnownHost(Public, hostKey.PublicKey.On("public")) { Owner = "tunnel" },
    new SshTunnel("redis-out")
    {
        Target = $"tunnel@{Public}",
        User   = "tunnel",
        Remote = ["46379:localhost:6379"],
        RestartSec          = TimeSpan.FromSeconds(5),
        ServerAliveInterval = TimeSpan.FromSeconds(15),
    }).After = [between];

On("near",
    new KnownHost(Public, hostKey.PublicKey.On("public")) { Owner = "tunnel" },
    new SshTunnel("redis")
    {
        Target = $"tunnel@{Public}",
        User   = "tunnel",
        Local  = ["46379:localhost:46379"],
        RestartSec          = TimeSpan.FromSeconds(5),
        ServerAliveInterval = TimeSpan.FromSeconds(15),
    }).After = [between];
