namespace ConfigEngine.Ssh.Native;

/// <summary>A directive of ssh_config(5), and what becomes of it here.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Use">What becomes of it.</param>
/// <param name="Why">The reason, where it is not honoured; for one that is refused, in words that fit after "because".</param>
/// <param name="Harmless">The values of a refused directive that change nothing, and are accepted.</param>
sealed record Directive(string Name, DirectiveUse Use, string Why = "", params IReadOnlyList<string> Harmless)
{
    /// <summary>All directives, also those of newer and older versions of OpenSSH, and of Debian's.</summary>
    public static IReadOnlyDictionary<string, Directive> All { get; } =
        ((IEnumerable<Directive>)[.. Honoured(), .. WithoutEffect(), .. Refused()]).ToDictionary(
            directive => directive.Name,
            StringComparer.OrdinalIgnoreCase
        );

    static IEnumerable<Directive> Honoured() =>
        (
            (string[])
                [
                    "AddressFamily",
                    "BindAddress",
                    "CertificateFile",
                    "ChallengeResponseAuthentication",
                    "Ciphers",
                    "GlobalKnownHostsFile",
                    "HashKnownHosts",
                    "Host",
                    "HostKeyAlgorithms",
                    "HostKeyAlias",
                    "Hostname",
                    "IdentitiesOnly",
                    "IdentityAgent",
                    "IdentityFile",
                    "IgnoreUnknown",
                    "Include",
                    "KbdInteractiveAuthentication",
                    "KexAlgorithms",
                    "MACs",
                    "Match",
                    "PasswordAuthentication",
                    "Port",
                    "PreferredAuthentications",
                    "ProxyJump",
                    "PubkeyAuthentication",
                    "StrictHostKeyChecking",
                    "User",
                    "UserKnownHostsFile",
                ]
        ).Select(name => new Directive(name, DirectiveUse.Honoured));

    static IEnumerable<Directive> WithoutEffect() =>
        [
            .. Without(
                "cfg sets it itself, for every transport",
                "BatchMode",
                "ClearAllForwardings",
                "ConnectionAttempts",
                "ConnectTimeout",
                "ControlMaster",
                "ControlPath",
                "ControlPersist",
                "EscapeChar",
                "ForkAfterAuthentication",
                "LogLevel",
                "NumberOfPasswordPrompts",
                "PermitLocalCommand",
                "RemoteCommand",
                "RequestTTY",
                "ServerAliveCountMax",
                "ServerAliveInterval",
                "SessionType",
                "StdinNull",
                "TCPKeepAlive"
            ),
            .. Without(
                "it is for terminals, forwardings and logs, which a session of cfg does not have",
                "DynamicForward",
                "EnableEscapeCommandline",
                "ExitOnForwardFailure",
                "FingerprintHash",
                "ForwardX11",
                "ForwardX11Timeout",
                "ForwardX11Trusted",
                "GatewayPorts",
                "LocalCommand",
                "LocalForward",
                "LogVerbose",
                "ObscureKeystrokeTiming",
                "PermitRemoteOpen",
                "RemoteForward",
                "StreamLocalBindMask",
                "StreamLocalBindUnlink",
                "SyslogFacility",
                "Tag",
                "Tunnel",
                "TunnelDevice",
                "VisualHostKey",
                "XAuthLocation"
            ),
            .. Without(
                "it changes neither who is reached nor who is trusted",
                "AddKeysToAgent",
                "CanonicalDomains",
                "CanonicalizeFallbackLocal",
                "CanonicalizeMaxDots",
                "CanonicalizePermittedCNAMEs",
                "ChannelTimeout",
                "CheckHostIP",
                "Compression",
                "IPQoS",
                "KbdInteractiveDevices",
                "RekeyLimit",
                "UpdateHostKeys",
                "VersionAddendum",
                "WarnWeakCrypto"
            ),
            .. Without("the agent is not forwarded", "ForwardAgent"),
            .. Without("sessions have a fixed environment", "SendEnv", "SetEnv"),
            .. Without(
                "this way to log in is not tried",
                "EnableSSHKeysign",
                "GSSAPIAuthentication",
                "GSSAPIClientIdentity",
                "GSSAPIDelegateCredentials",
                "GSSAPIKexAlgorithms",
                "GSSAPIKeyExchange",
                "GSSAPIRenewalForcesRekey",
                "GSSAPIServerIdentity",
                "GSSAPITrustDns",
                "HostbasedAcceptedAlgorithms",
                "HostbasedAuthentication",
                "SecurityKeyProvider"
            ),
        ];

    static IEnumerable<Directive> Without(string why, params IReadOnlyList<string> names) =>
        names.Select(name => new Directive(name, DirectiveUse.NoEffect, why));

    static IEnumerable<Directive> Refused() =>
        [
            new("BindInterface", DirectiveUse.Refused, "only OpenSSH can bind to an interface"),
            new("CanonicalizeHostname", DirectiveUse.Refused, "it may lead to another host", "no"),
            new("CASignatureAlgorithms", DirectiveUse.Refused, "it limits which certificates are trusted"),
            new("KnownHostsCommand", DirectiveUse.Refused, "it decides which host keys are trusted", "none"),
            new("NoHostAuthenticationForLocalhost", DirectiveUse.Refused, "host keys are always checked", "no"),
            new("PKCS11Provider", DirectiveUse.Refused, "keys of PKCS#11 tokens need an agent", "none"),
            new("ProxyCommand", DirectiveUse.Refused, "the way to the host is another program", "none"),
            new("ProxyUseFdpass", DirectiveUse.Refused, "the way to the host is another program", "no"),
            new("PubkeyAcceptedAlgorithms", DirectiveUse.Refused, "it limits how to log in"),
            new("RefuseConnection", DirectiveUse.Refused, "it forbids the connection"),
            new("RequiredRSASize", DirectiveUse.Refused, "it limits which keys are trusted", "1024"),
            new("RevokedHostKeys", DirectiveUse.Refused, "it decides which host keys are trusted", "none"),
            new("VerifyHostKeyDNS", DirectiveUse.Refused, "the name service is not asked about keys", "no"),
        ];
}

/// <summary>What becomes of a directive.</summary>
enum DirectiveUse
{
    /// <summary>It does what ssh_config(5) says.</summary>
    Honoured,

    /// <summary>It is read and has no effect on a session.</summary>
    NoEffect,

    /// <summary>It is an error if it applies to a host, because without it another host may be reached or trusted.</summary>
    Refused,
}
