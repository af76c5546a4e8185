using System.Globalization;

namespace ConfigEngine.HostFacts;

/// <summary>
/// Lines of passwd(5) and group(5). People edit these files: an invalid line is reported as a finding, and skipped as the C library
/// does; a file without a single valid line is an error.
/// </summary>
static class Accounts
{
    public static IReadOnlyList<T> Read<T>(FactSection section, int fields, List<string> findings, Func<string[], T> account)
    {
        List<T> accounts = [];
        List<string> strange = [];
        // Lines that begin with + or - ask NIS for more (nsswitch.conf(5), compat).
        foreach (var line in section.Lines.Where(l => l.Trim() is not "" && l[0] is not ('#' or '+' or '-')))
        {
            var split = line.Split(':');
            if (split.Length == fields && split[0] is not "" && split[2..(fields is 7 ? 4 : 3)].All(id => Id(id) >= 0))
                accounts.Add(account(split));
            else
                strange.Add(line);
        }
        if (strange is [var first, ..])
            findings.Add(
                accounts.Count > 0
                    ? $"/etc/{section.Name} has a line that is not an entry: \"{FactSection.Clip(first)}\""
                    : throw section.Unknown(first, $"{fields} fields with colons between them")
            );

        if (section.Note is "late")
            findings.Add($"the name service did not list {section.Name} within 2 s: only /etc/{section.Name} is known");
        if (section.Note is "large")
            findings.Add($"the name service lists more than 1 MB of {section.Name}: only /etc/{section.Name} is known");
        if (section.Note is "unlisted")
            findings.Add(
                $"the name service was not asked for {section.Name} (getent or timeout is missing, or it failed): only "
                    + $"/etc/{section.Name} is known"
            );
        return accounts;
    }

    public static long Id(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
}
