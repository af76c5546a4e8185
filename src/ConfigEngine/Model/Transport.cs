namespace ConfigEngine.Model;

/// <summary>A way to a shell on a host: a command line that ends in <c>sh</c> (DESIGN: "A host, and the session to it").</summary>
/// <example><code>new Host("box") { Transport = Transport.Command("docker", "exec", "-i", "box", "sh") }</code></example>
public sealed record Transport
{
    readonly string name;

    Transport(string name, IReadOnlyList<string> arguments) => (this.name, Arguments) = (name, arguments);

    /// <summary>The command line; empty for ssh, which is made from the host.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Whether it is a command line.</summary>
    internal bool IsCommand => Arguments.Count > 0;

    /// <summary>OpenSSH's client, with the user's own configuration.</summary>
    public static Transport Ssh { get; } = new("openssh", []);

    /// <summary>ssh within this process, without an <c>ssh</c>. It reads the user's configuration, keys and agent.</summary>
    public static Transport Native { get; } = new("native", []);

    /// <summary>This machine, without ssh.</summary>
    public static Transport Local { get; } = new("local", ["sh"]);

    /// <summary>Any command that gives its standard input to a POSIX <c>sh</c> on the target.</summary>
    public static Transport Command(params IReadOnlyList<string> commandLine) =>
        commandLine.Count > 0
            ? new("command", commandLine)
            : throw new ArgumentException("A transport needs a command line that ends in a shell, for example: docker exec -i NAME sh");
}
