namespace ConfigEngine.Scripting;

/// <summary>Values in place of secrets, by the names that the secrets have in messages.</summary>
sealed class StandInSecrets(Func<string, string> standIn, SecretOptions options) : ILocalSecrets
{
    public ReadOnlyMemory<byte> DigestKey => options.DigestKey();

    public string Variable(string name) => standIn(name);

    public string File(string path, string script) => standIn(path);

    public string Command(IReadOnlyList<string> commandLine, IReadOnlyList<string> withheld) =>
        standIn(string.Join(' ', commandLine.Select(Shell.Quote)));

    public string Prompt(string question) => standIn(question);
}
