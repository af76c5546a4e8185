namespace ConfigEngine.Lab;

/// <summary>
/// Every core resource in one recipe, the way a user runs it: <c>cfg apply</c> converges a fresh host, the second plan is
/// empty, and what is broken by hand is seen and repaired, attribute by attribute.
/// </summary>
[Collection("lab")]
public sealed class EverythingTests(Lab lab)
{
    /// <summary>What somebody does by hand, and the resource that must notice.</summary>
    static readonly (string Breaks, string Address)[] Drift =
    [
        ("hostname other", "hostname "),
        ("echo other >/etc/hostname", "hostname "),
        ("sed -i '/web1/d' /etc/hosts", "hosts-entry 203.0.113.11"),
        ("ln -sf /usr/share/zoneinfo/UTC /etc/localtime", "timezone "),
        ("sysctl -qw net.ipv4.ip_forward=0", "sysctl net.ipv4.ip_forward"),
        ("sed -i 's/1/0/' /etc/sysctl.d/*ip_forward*", "sysctl net.ipv4.ip_forward"),
        ("sed -i 's/65536/1024/' /etc/modprobe.d/*", "kernel-module nf_conntrack"),
        ("groupmod -g 3199 crew", "user-group crew"),
        ("usermod -s /bin/sh app", "user app"),
        ("usermod -c other app", "user app"),
        ("sed -i 's/198.51.100.0/0.0.0.0/' /srv/app/.ssh/authorized_keys", "authorized-key app"),
        ("chmod 644 /srv/app/.ssh/authorized_keys", "authorized-key app"),
        ("rm /srv/app/.ssh/id_ed25519.pub", "ssh-key ~app/.ssh/id_ed25519"),
        ("chmod 644 /srv/app/.ssh/id_ed25519", "ssh-key ~app/.ssh/id_ed25519"),
        ("rm /etc/ssh/ssh_host_ecdsa_key.pub", "ssh-host-key ecdsa"),
        ("sed -i s/web1/web2/ /srv/app/.ssh/known_hosts", "known-host app: web1.example.com"),
        ("sed -i s/15/16/ /srv/app/.ssh/config", "ssh-config app: web1"),
        ("sed -i '/^de_DE/d' /etc/locale.gen", "locale de_DE.UTF-8"),
        ("update-locale LANG=C.UTF-8", "locale de_DE.UTF-8"),
        ("chmod 444 /etc/sudoers.d/app", "sudoers app"),
        ("sed -i 's/NOPASSWD/PASSWD/' /etc/sudoers.d/app", "sudoers app"),
        ("apt-mark unhold cfg-demo", "package cfg-demo"),
        ("apt-get install -qy --allow-change-held-packages --allow-downgrades cfg-demo=1.0-1; apt-mark hold cfg-demo", "package cfg-demo"),
        ("apt-get remove -qy cfg-signed", "package cfg-signed"),
        ("sed -i 's/stable/unstable/' /etc/apt/sources.list.d/signed.sources", "apt-repository signed"),
        ("chown root /srv/etc", "directory /srv/etc"),
        ("chgrp root /srv/etc", "directory /srv/etc"),
        ("chmod 777 /srv/etc", "directory /srv/etc"),
        ("echo x >>/srv/etc/app.conf", "file /srv/etc/app.conf"),
        ("chmod 777 /srv/etc/app.conf", "file /srv/etc/app.conf"),
        ("chown root /srv/etc/app.conf", "file /srv/etc/app.conf"),
        ("rm /srv/etc/app.conf", "file /srv/etc/app.conf"),
        ("ln -sfn elsewhere /srv/etc/current", "symlink /srv/etc/current"),
        ("mkdir -p /srv/old/deep", "no-path /srv/old"),
        ("sed -i 's/^UMASK.*/UMASK 022/' /etc/login.defs", "line /etc/login.defs: UMASK 027"),
        ("echo 'X11Forwarding yes' >>/etc/ssh/sshd_config", "no-line /etc/ssh/sshd_config"),
        ("sed -i 's/APP=/APPS=/' /etc/bash.bashrc", "block /etc/bash.bashrc: app"),
        ("echo x >/srv/www/index.html", "tree /srv/www"),
        ("touch /srv/www/extra", "tree /srv/www"),
        ("chmod 600 /srv/www/deep/page.html", "tree /srv/www"),
        ("echo x >>/srv/unpacked/index.html", "archive /srv/unpacked"),
        ("rm /srv/unpacked/deep/page.html", "archive /srv/unpacked"),
        ("chown root /srv/unpacked", "archive /srv/unpacked"),
        ("echo x >/srv/etc/file.bin", "download /srv/etc/file.bin"),
        ("git -C /srv/checkout checkout -q HEAD~1", "git-checkout /srv/checkout"),
        ("umount /srv/scratch", "mount /srv/scratch"),
        ("mount -o remount,ro /srv/scratch", "mount /srv/scratch"),
        ("sed -i 's/size=1m/size=2m/' /etc/fstab", "mount /srv/scratch"),
        ("sed -i '/scratch/d' /etc/fstab", "mount /srv/scratch"),
        ("sed -i 's/the app/an app/' /etc/systemd/system/app.service", "unit-file app.service"),
        ("systemctl stop app.service", "systemd-unit app.service"),
        ("systemctl disable app.service", "systemd-unit app.service"),
        ("sed -i 's/5/6/' /etc/cron.d/app", "cron-job app"),
        ("rm /srv/once", "command echo done >/srv/once"),
    ];

    [LabTheory]
    [InlineData("bullseye")]
    [InlineData("bookworm")]
    [InlineData("trixie")]
    public async Task Every_core_resource_converges_and_every_attribute_that_drifts_is_repaired(string release)
    {
        await using var host = await lab.StartHostAsync(release);
        using var files = FileServer.Start(lab.Number.Address(1), "hello");
        using CfgProcess cfg = new(lab.SshConfig);
        var recipe = await Everything.Place(host, cfg, files);

        RecipeOnHost everything = new(cfg, recipe, host);
        await everything.Converges();
        Assert.Empty(await everything.Overlooked(Drift));
    }
}
