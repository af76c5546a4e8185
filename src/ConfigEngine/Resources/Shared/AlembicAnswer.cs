namespace ConfigEngine.Resources;

/// <summary>What a host says of a schema: the lines of <c>cfg_alembic</c>.</summary>
sealed record AlembicAnswer
{
    /// <summary>Who owns the directory, and its mode; null where there is no directory.</summary>
    public (string Name, string Mode)? Owner { get; init; }

    /// <summary>Who looked.</summary>
    public string? Me { get; init; }

    /// <summary>What is missing: a directory, a file, a module; null where nothing is.</summary>
    public string? Missing { get; init; }

    /// <summary>Why the database could not be asked; null where it was.</summary>
    public string? Unreachable { get; init; }

    /// <summary>Whether nothing was asked, because root would run what others can change.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The files with secrets that every user of the host may read.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>The ends of the branches.</summary>
    public IReadOnlyList<string> Heads { get; init; } = [];

    /// <summary>Where the schema is; nothing before its first migration, or null where that is not known.</summary>
    public IReadOnlyList<string>? Current { get; init; }

    /// <summary>The revisions that the schema is at and the directory does not have.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>The revisions that the wanted one means; null where it means none.</summary>
    public IReadOnlyList<string>? Aims { get; init; }

    /// <summary>Whether the wanted revision is the head, of which there are several.</summary>
    public bool IsSeveral { get; init; }

    /// <summary>The migrations that lead there, in order: their ids, with what they are called after a space.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Whether those take something back.</summary>
    public bool IsDown { get; init; }

    /// <summary>The ids of the migrations.</summary>
    public IEnumerable<string> Ids => Steps.Select(step => step.Split(' ')[0]);

    /// <summary>Reads the answer.</summary>
    public static AlembicAnswer Parse(Output output)
    {
        AlembicAnswer answer = new();
        foreach (var line in output.Lines)
        {
            string[] words = [.. line.Split(' ').Skip(1)];
            var rest = string.Join(' ', words);
            answer = line.Split(' ')[0] switch
            {
                "owner" when words is [var owner, var mode] => answer with { Owner = (owner, mode) },
                "me" => answer with { Me = rest },
                "missing" => answer with { Missing = rest },
                "unreachable" => answer with { Unreachable = rest },
                "open" => answer with { Open = [.. answer.Open, rest] },
                "heads" => answer with { Heads = words },
                "current" => answer with { Current = [.. words.Where(word => word.Length > 0)] },
                "lost" => answer with { Lost = words },
                "refused" => answer with { IsRefused = true },
                "several" => answer with { IsSeveral = true },
                "unknown" => answer,
                "aims" => answer with { Aims = [.. words.Where(word => word.Length > 0)] },
                "up" or "down" when rest.Length > 0 => answer with { Steps = [.. answer.Steps, rest], IsDown = line.StartsWith('d') },
                _ => throw new UnexpectedOutputException($"expected where the schema is, got \"{Text.Excerpt(line)}\""),
            };
        }

        return answer is { Missing: null, Unreachable: null, Current: null, IsRefused: false }
            ? throw new UnexpectedOutputException($"expected where the schema is, got \"{Text.Excerpt(output.Text)}\"")
            : answer;
    }
}
