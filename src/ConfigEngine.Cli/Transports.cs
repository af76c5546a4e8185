using System.CommandLine;

namespace ConfigEngine.Cli;

/// <summary>How ssh is spoken, on the command line.</summary>
static class Transports
{
    /// <summary>The automatic choice.</summary>
    public const string Auto = "auto";

    const string OpenSsh = "openssh";
    const string Native = "native";

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> Words { get; } = [Auto, OpenSsh, Native];

    /// <summary>The option.</summary>
    public static Option<string?> Option()
    {
        Option<string?> option = new("--transport")
        {
            Description = "openssh runs ssh, native speaks ssh itself [default: auto, which is openssh where there is an ssh]",
            HelpName = string.Join('|', Words),
        };
        option.AcceptOnlyFromAmong([.. Words]);
        return option;
    }

    /// <summary>The transport of a word; null for the automatic choice.</summary>
    public static Transport? Of(string? word) =>
        word switch
        {
            OpenSsh => Transport.Ssh,
            Native => Transport.Native,
            _ => null,
        };

    /// <summary>The word for a transport.</summary>
    public static string NameOf(Transport transport) => transport == Transport.Native ? Native : OpenSsh;
}
