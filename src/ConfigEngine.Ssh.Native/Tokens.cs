using System.Net;
using System.Text;
using ConfigEngine.Local;

namespace ConfigEngine.Ssh.Native;

/// <summary>The tokens of ssh_config(5) in a value, such as %h, and environment variables, such as ${HOME}.</summary>
/// <param name="Given">The name of the host, as it was given.</param>
/// <param name="Hostname">The name that it is reached by.</param>
/// <param name="Port">The port.</param>
/// <param name="User">The user there.</param>
sealed record Tokens(string Given, string Hostname, int Port, string User)
{
    /// <summary>The path of a file, with what is replaced in it.</summary>
    public string Path(SshConfigLine line, string value) => SshPatterns.Tilde(Expand(line, value));

    /// <summary>A value with what is replaced in it.</summary>
    public string Expand(SshConfigLine line, string value)
    {
        StringBuilder text = new();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is '%' && i + 1 < value.Length)
                text.Append(Token(line, value[++i]));
            else if (value[i] is '$' && i + 1 < value.Length && value[i + 1] is '{' && value.IndexOf('}', i) is > 0 and var end)
            {
                text.Append(
                    Environment.GetEnvironmentVariable(value[(i + 2)..end])
                        ?? throw new SettingsException(
                            $"{line.At}: {line.Keyword}: there is no environment variable {value[(i + 2)..end]}"
                        )
                );
                i = end;
            }
            else
                text.Append(value[i]);
        }

        return text.ToString();
    }

    string Token(SshConfigLine line, char token) =>
        token switch
        {
            '%' => "%",
            'd' => System.IO.Path.GetDirectoryName(SshPatterns.HomeSsh) ?? "",
            'h' => Hostname,
            'i' => Local.Trust.ThisUser.ToString(System.Globalization.CultureInfo.InvariantCulture),
            'k' => Given,
            'L' => Dns.GetHostName().Split('.')[0],
            'l' => Dns.GetHostName(),
            'n' => Given,
            'p' => Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            'r' => User,
            'u' => Environment.UserName,
            _ => throw new SettingsException($"{line.At}: {line.Keyword}: %{token} is not known here"),
        };
}
