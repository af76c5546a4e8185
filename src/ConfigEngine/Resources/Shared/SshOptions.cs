namespace ConfigEngine.Resources;

/// <summary>The options of ssh_config(5).</summary>
static class SshOptions
{
    /// <summary>Their names, of OpenSSH 8 to 10; ssh does not tell capital letters from small ones.</summary>
    public static IReadOnlySet<string> All { get; } =
        """
            AddKeysToAgent AddressFamily BatchMode BindAddress BindInterface CanonicalDomains CanonicalizeFallbackLocal
            CanonicalizeHostname CanonicalizeMaxDots CanonicalizePermittedCNAMEs CASignatureAlgorithms CertificateFile
            ChallengeResponseAuthentication ChannelTimeout CheckHostIP Ciphers ClearAllForwardings Compression ConnectionAttempts
            ConnectTimeout ControlMaster ControlPath ControlPersist DynamicForward EnableEscapeCommandline EnableSSHKeysign EscapeChar
            ExitOnForwardFailure FingerprintHash ForkAfterAuthentication ForwardAgent ForwardX11 ForwardX11Timeout ForwardX11Trusted
            GatewayPorts GlobalKnownHostsFile GSSAPIAuthentication GSSAPIClientIdentity GSSAPIDelegateCredentials GSSAPIKexAlgorithms
            GSSAPIKeyExchange GSSAPIRenewalForcesRekey GSSAPIServerIdentity GSSAPITrustDns HashKnownHosts Host
            HostbasedAcceptedAlgorithms HostbasedAuthentication HostbasedKeyTypes HostKeyAlgorithms HostKeyAlias HostName
            IdentitiesOnly IdentityAgent IdentityFile IgnoreUnknown Include KbdInteractiveAuthentication KbdInteractiveDevices
            KexAlgorithms KnownHostsCommand LocalCommand LocalForward LogLevel LogVerbose Match NoHostAuthenticationForLocalhost
            NumberOfPasswordPrompts ObscureKeystrokeTiming PasswordAuthentication PermitLocalCommand PermitRemoteOpen PKCS11Provider
            Port PreferredAuthentications ProxyCommand ProxyJump ProxyUseFdpass PubkeyAcceptedAlgorithms PubkeyAcceptedKeyTypes
            PubkeyAuthentication RefuseConnection RekeyLimit RemoteCommand RemoteForward RequestTTY RequiredRSASize RevokedHostKeys
            SecurityKeyProvider SendEnv ServerAliveCountMax ServerAliveInterval SessionType SetEnv StdinNull StreamLocalBindMask
            StreamLocalBindUnlink StrictHostKeyChecking SyslogFacility Tag TCPKeepAlive Tunnel TunnelDevice UpdateHostKeys User
            UserKnownHostsFile VerifyHostKeyDNS VersionAddendum VisualHostKey WarnWeakCrypto XAuthLocation
            """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with options that are given by name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="own">The names of options that the resource sets by itself or has a property for.</param>
    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> options, params IReadOnlyList<string> own)
    {
        foreach (var (name, value) in options)
        {
            if (!All.Contains(name))
                yield return $"ssh_config(5) has no option {Text.Excerpt(name)}"
                    + (Similar.Closest(name, All) is { } close ? $"; did you mean {close}?" : "");
            else if (name.ToUpperInvariant() is "HOST" or "MATCH" or "INCLUDE")
                yield return $"{name} is not an option of a Host section";
            else if (own.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } property)
                yield return $"{property} does not belong in Options, because the resource sets it by itself";
            foreach (var problem in ValueProblems(name, value))
                yield return problem;
        }
    }

    /// <summary>What is wrong with the value of an option.</summary>
    public static IEnumerable<string> ValueProblems(string name, string value) =>
        value.Any(char.IsControl) || value.Trim() != value || value.Length == 0
            ? [$"\"{Text.Excerpt(value)}\" is not a value for {name}: it is empty, or has a space at an end or a line end in it"]
            : [];
}
