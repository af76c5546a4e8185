namespace ConfigEngine.Lab;

/// <summary>Tunnels of PPTP, whose modules only a virtual machine has. The server is in a network namespace of its own.</summary>
public sealed partial class KernelTests
{
    /// <summary>The server: its address, the network behind it, and something to fetch there; also after a boot.</summary>
    const string Office = """
        cat >/usr/local/sbin/office-network <<'END'
        #!/bin/sh -e
        ip netns add server; ip link add v0 type veth peer name v1 netns server
        ip address add 203.0.113.1/24 dev v0; ip link set v0 up
        ip -n server address add 203.0.113.2/24 dev v1; ip -n server link set v1 up; ip -n server link set lo up
        ip -n server address add 192.168.10.1/32 dev lo
        END
        chmod 755 /usr/local/sbin/office-network
        echo '203.0.113.2 public.example.com' >>/etc/hosts
        mkdir -p /etc/systemd/system/pptpd.service.d /srv/office; echo office >/srv/office/file
        cd /etc/systemd/system
        printf '[Unit]\nBefore=pptpd.service pptp-office.service\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/local/sbin/office-network\n[Install]\nWantedBy=multi-user.target\n' \
          >office-network.service
        printf '[Unit]\nRequires=office-network.service\nAfter=office-network.service\n[Service]\nNetworkNamespacePath=/run/netns/server\n' >pptpd.service.d/lab.conf
        cp pptpd.service.d/lab.conf office.service
        printf 'ExecStart=/usr/bin/python3 -m http.server --directory /srv/office 8080\n[Install]\nWantedBy=multi-user.target\n' >>office.service
        systemctl daemon-reload; systemctl stop pptpd
        systemctl enable -q --now office-network.service office.service
        """;

    const string Fetch =
        "python3 -c 'import urllib.request as u; print(u.urlopen(\"http://192.168.10.1:8080/file\", timeout=20).read().decode())'";

    const string Through = "ip route show 192.168.10.0/24 | grep -q 'dev ppp0'";

    const string Words = "journalctl -b -n 40 --no-pager -u pptpd -u pptp-office -t pppd -t pptpd; ip route";

    [LabFact]
    public async Task A_tunnel_of_PPTP_comes_up_with_its_route_and_comes_back_when_it_went_down()
    {
        var vm = await machine.Vm();
        await vm.Sh(Office);
        using CfgProcess cfg = new(lab.SshConfig, new() { ["OFFICE_PASSWORD"] = "it's \"a\" \\s3cret" });
        var recipe = cfg.PlaceOfHouse(
            "pptp",
            text =>
                text.Replace("new Host(\"public\"), new Host(\"web1\")", $"new Host(\"{vm.Name}\")", StringComparison.Ordinal)
                    .Replace("On(\"public\"", $"On(\"{vm.Name}\"", StringComparison.Ordinal)
                    .Replace("On(\"web1\"", $"On(\"{vm.Name}\"", StringComparison.Ordinal)
        );

        await cfg.Run(0, "apply", recipe, "--yes");
        await vm.Until(Through, TimeSpan.FromMinutes(1), Words);
        Assert.Equal("office", await vm.Sh(Fetch));
        await cfg.Run(0, "plan", recipe, "--exit-code");
        Assert.Equal("600 root", await vm.Sh("stat -c '%a %U' /etc/ppp/chap-secrets"));
        Assert.Equal("192.168.77.10", await vm.Sh("ip -o -4 address show ppp0 | grep -oE '192.168.77.10' | head -n 1"));

        // The server ends it; the client makes it again, with its route.
        await vm.Sh("for pid in $(ip netns pids server); do ! grep -q pppd /proc/$pid/comm || kill $pid; done");
        await vm.Until($"! {Through}", TimeSpan.FromMinutes(1), Words);
        await vm.Until(Through, TimeSpan.FromMinutes(1), Words);
        Assert.Equal("office", await vm.Sh(Fetch));

        // What somebody changes by hand.
        await vm.Sh(
            "sed -i s/s3cret/other/ /etc/ppp/chap-secrets; chmod 644 /etc/ppp/chap-secrets; echo 'bob * x *' >>/etc/ppp/chap-secrets; "
                + "sed -i s/10-20/10-30/ /etc/pptpd.conf; chmod 644 /etc/ppp/ip-up.d/office; systemctl stop pptp-office"
        );
        Assert.Equal(
            [
                "file /etc/pptpd.conf: content",
                "ppp-secret web1 pptpd: mode password",
                "ppp-secret web1 office: password",
                "file /etc/ppp/ip-up.d/office: mode",
                "systemd-unit pptp-office.service: running",
            ],
            Lines(await cfg.Run(0, "plan", recipe, "--json"))
        );
        await cfg.Run(0, "apply", recipe, "--yes");
        await vm.Until(Through, TimeSpan.FromMinutes(1), Words);
        Assert.Equal("office", await vm.Sh(Fetch));
        await cfg.Run(0, "plan", recipe, "--exit-code");

        // All of it comes back after a boot.
        var before = await vm.BootId();
        var reboot = cfg.Write(
            "reboot.csx",
            """On("all", new Reboot { When = RebootWhen.Always, Options = new() { Timeout = TimeSpan.FromMinutes(9) } });"""
        );
        await vm.Watched(() => cfg.Run(0, "apply", reboot, "--host", vm.Name, "--yes"));
        Assert.NotEqual(before, await vm.BootId());
        await vm.Until(Through, TimeSpan.FromMinutes(1), Words);
        Assert.Equal("office", await vm.Sh(Fetch));
        await cfg.Run(0, "plan", recipe, "--exit-code");

        var gone = cfg.Write(
            "gone.csx",
            """
            On("all",
                new NoUnitFile("pptp-office.service"),
                new NoPppSecret("web1", "office"),
                new NoPppSecret("web1", "pptpd"),
                new SystemdUnit("pptpd.service") { Enabled = false, Running = false });
            """
        );
        await cfg.Run(0, "apply", gone, "--host", vm.Name, "--yes");
        await cfg.Run(0, "plan", gone, "--host", vm.Name, "--exit-code");
        Assert.Equal("bob * x *", await vm.Sh($"grep -v '^#' /etc/ppp/chap-secrets; ! {Through}"));
        foreach (var file in System.IO.Directory.EnumerateFiles(cfg.Directory, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("s3cret", System.IO.File.ReadAllText(file), StringComparison.Ordinal);
        await vm.Sh(
            "systemctl disable -q --now office office-network; ip netns delete server; cd /etc/systemd/system; "
                + "rm -r pptpd.service.d office.service office-network.service /usr/local/sbin/office-network; systemctl daemon-reload; "
                + "sed -i /public.ex/d /etc/hosts"
        );
    }
}
