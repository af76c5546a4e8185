namespace ConfigEngine.Cli;

/// <summary>Asks for passwords without showing them.</summary>
static class Passwords
{
    /// <summary>Asks for a password; without a terminal, it is the next line of standard input.</summary>
    public static async Task<Secret> Ask(string question, string option, Terminal terminal, CancellationToken ct)
    {
        var typed = terminal.InIsTerminal
            ? await Task.Run(() => Type(question, terminal), ct).WaitAsync(ct)
            : await terminal.In.ReadLineAsync(ct);
        if (typed is null)
            throw new UsageException($"{option}: there is no terminal to ask on, and standard input has no line with the password");
        Secret secret = new(option, () => typed);
        terminal.Redaction.Add(secret);
        return secret;
    }

    /// <summary>Asks on the terminal; one question at a time.</summary>
    public static string Type(string question, Terminal terminal)
    {
        lock (terminal.Redaction)
            return TypeAlone(question, terminal);
    }

    static string TypeAlone(string question, Terminal terminal)
    {
        terminal.Error.Write(question);
        List<char> typed = [];
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            if (key.Key is ConsoleKey.Enter)
                break;
            if (key.Key is ConsoleKey.Backspace && typed.Count > 0)
                typed.RemoveAt(typed.Count - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Add(key.KeyChar);
        }

        terminal.Error.WriteLine();
        return new([.. typed]);
    }
}
