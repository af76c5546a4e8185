// A web server of the host far, published on port 8080 of every address of the public host. ssh's -g is not enough for that: the sshd
// of the public host decides (GatewayPorts). It goes with two-hop-tunnel.csx, which makes the user, the key and the known host.

#load "lib/ssh.csx"

Hosts(new Host("public"), new Host("far"));

var user = new User("tunnel") { HomeExists = true };
var key = new SshKey("tunnel") { Name = "id_web" };

var made = On("far", user, key);

var gateway = On("public",
    user,
    MayTunnel("tunnel", key.PublicKey.On("far"), "permitlisten=\"*:8080\""),
    GatewayPorts());
gateway.After = [made];

On("far",
    new SshTunnel("web")
    {
        Target       = "tunnel@public.example.com",
        User         = "tunnel",
        IdentityFile = "/home/tunnel/.ssh/id_web",
        Remote       = ["*:8080:localhost:80"],
        RestartSec          = TimeSpan.FromSeconds(5),
        ServerAliveInterval = TimeSpan.FromSeconds(15),
    }).After = [gateway];
