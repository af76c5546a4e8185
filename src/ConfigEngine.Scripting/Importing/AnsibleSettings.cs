namespace ConfigEngine.Scripting;

/// <summary>The variables by which Ansible reaches a host, as settings of a <see cref="Host"/>.</summary>
static class AnsibleSettings
{
    /// <summary>Those that hold a secret. They are left out, so that no plan and no fact shows them.</summary>
    static readonly string[] Passwords =
    [
        "ansible_password",
        "ansible_pass",
        "ansible_ssh_pass",
        "ansible_ssh_password",
        "ansible_become_password",
        "ansible_become_pass",
        "ansible_sudo_pass",
        "ansible_ssh_private_key_passphrase",
    ];

    /// <summary>Those that say how ssh is called, which is for ssh_config(5) to say here.</summary>
    static readonly string[] ForSsh =
    [
        "ansible_ssh_private_key_file",
        "ansible_private_key_file",
        "ansible_ssh_common_args",
        "ansible_ssh_extra_args",
        "ansible_ssh_args",
    ];

    /// <summary>A host with its settings and its other variables.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="vars">All its variables.</param>
    /// <param name="warn">Receives the host and a sentence for each variable that is not taken over.</param>
    public static Host Apply(string name, IReadOnlyDictionary<string, object> vars, Action<string, string> warn)
    {
        foreach (var variable in vars.Keys.Where(Passwords.Contains))
            warn(name, $"{variable} is left out; use --ask-password, --ask-become-password or Secrets");
        foreach (var variable in vars.Keys.Where(ForSsh.Contains))
            warn(name, $"{variable} is left out; put it into your ssh_config");
        foreach (var variable in vars.Where(pair => IsTemplate(pair.Value)).Select(pair => pair.Key))
            warn(name, $"the variable {variable} is a template of Ansible, and is taken over as its text");
        Vars others = [];
        foreach (var (variable, value) in vars.Where(pair => !pair.Key.StartsWith("ansible_", StringComparison.Ordinal)))
            others[variable] = value;
        return new(name)
        {
            Address = Text(vars, "ansible_host") ?? Text(vars, "ansible_ssh_host"),
            Port = Number(vars, name, "ansible_port") ?? Number(vars, name, "ansible_ssh_port"),
            User = Text(vars, "ansible_user") ?? Text(vars, "ansible_ssh_user"),
            Become = IsYes(vars, "ansible_become") ? BecomeOf(Text(vars, "ansible_become_user")) : null,
            Transport = TransportOf(name, Text(vars, "ansible_connection"), warn),
            Vars = others,
        };
    }

    static Become BecomeOf(string? user) => user is null or "root" ? Become.Sudo : Become.To(user);

    static Transport? TransportOf(string name, string? connection, Action<string, string> warn)
    {
        switch (connection)
        {
            case null or "ssh" or "smart" or "paramiko" or "paramiko_ssh" or "ansible.builtin.ssh":
                return null;
            case "local" or "ansible.builtin.local":
                return Transport.Local;
            default:
                warn(name, $"ansible_connection {connection} is left out; set Transport of a Host of your own");
                return null;
        }
    }

    static string? Text(IReadOnlyDictionary<string, object> vars, string name) => vars.GetValueOrDefault(name)?.ToString();

    static int? Number(IReadOnlyDictionary<string, object> vars, string host, string name) =>
        vars.GetValueOrDefault(name) switch
        {
            null => null,
            int number => number,
            string text when Digits.Of(text) is { } number && number <= 65535 => number,
            var other => throw new RecipeException($"{host}: {name} is \"{other}\", which is not a port"),
        };

    static bool IsYes(IReadOnlyDictionary<string, object> vars, string name) =>
        vars.GetValueOrDefault(name) is true
        || vars.GetValueOrDefault(name) is string text && text.ToLowerInvariant() is "true" or "yes" or "on" or "1";

    static bool IsTemplate(object value) => value is string text && text.Contains("{{", StringComparison.Ordinal);
}
