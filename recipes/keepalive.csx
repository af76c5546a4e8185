// Connections of every user of the host near stay alive, and a tunnel that autossh keeps up. It goes with two-hop-tunnel.csx, which
// makes the user, the key and the known host.

#load "lib/ssh.csx"

Hosts(new Host("near"));

On("near",
    Keepalive(),
    Autossh("redis", "tunnel@public.example.com", user: "tunnel", ports: "-L 46380:localhost:46379"));
