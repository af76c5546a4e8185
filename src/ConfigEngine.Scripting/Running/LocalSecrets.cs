using System.Text;

namespace ConfigEngine.Scripting;

/// <summary>Reads secrets of this machine. No message contains a command's standard output; its standard error is shown.</summary>
sealed class LocalSecrets(ScriptPaths paths, Disk disk, SecretOptions options, LocalCommands commands) : ILocalSecrets
{
    const long Longest = 1 << 20;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public ReadOnlyMemory<byte> DigestKey => options.DigestKey();

    public string? Variable(string name) => options.Variable(name);

    public string File(string path, string script)
    {
        var full = path.Length == 0 ? throw new RecipeException("its path is empty") : paths.Full(path, script);
        return Text(disk.Read(full, paths.Shown(full), longest: Longest));
    }

    public string Prompt(string question) =>
        options.Ask is { } ask
            ? ask(question)
            : throw new RecipeException(
                "there is no terminal to ask on",
                hint: "where nobody is there to type it, take it from Secrets.Environment, Secrets.File or Secrets.Command"
            );

    public string Command(IReadOnlyList<string> commandLine, IReadOnlyList<string> withheld)
    {
        if (commandLine.Count == 0)
            throw new RecipeException("it names no command", hint: "Secrets.Command(\"pass\", \"show\", \"db\")");
        return Text(commands.Output(commandLine, withheld));
    }

    static string Text(byte[] bytes)
    {
        try
        {
            var text = Strict.GetString(bytes);
            return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
                : text.EndsWith('\n') ? text[..^1]
                : text;
        }
        catch (DecoderFallbackException)
        {
            throw new RecipeException(
                "it is not UTF-8 text",
                hint: "keep it in base64, and decode it on the host: new Command($\"base64 -d >/etc/key\") { Input = … }"
            );
        }
    }
}
