namespace ConfigEngine.Resources;

/// <summary>
/// A format of structured data. A file is read with the place of each value, one value is written, set in or taken out, and the result is
/// read again: all other values must be what they were.
/// </summary>
abstract class DataFormat
{
    /// <summary>How deep values may be in each other.</summary>
    public const int Deepest = 100;

    /// <summary>The format's name.</summary>
    public abstract string Name { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="DataRefusedException">It is not valid, or has something that is not edited.</exception>
    public abstract DataNode Read(string text);

    /// <summary>The file with another text in the place of a value.</summary>
    protected abstract string Replace(string text, DataNode there, DataValue value);

    /// <summary>The file with a new value.</summary>
    /// <param name="text">The file.</param>
    /// <param name="root">What it says.</param>
    /// <param name="path">The path of the value.</param>
    /// <param name="depth">How many of the steps are there already.</param>
    /// <param name="map">The map that these lead to.</param>
    /// <param name="value">The value.</param>
    protected abstract string Insert(string text, DataNode root, DataPath path, int depth, DataNode map, DataValue value);

    /// <summary>The file without an entry of a map.</summary>
    /// <param name="text">The file.</param>
    /// <param name="root">What it says.</param>
    /// <param name="path">The path of the entry.</param>
    /// <param name="map">The map that has it.</param>
    /// <param name="index">The number of the entry there.</param>
    protected abstract string Take(string text, DataNode root, DataPath path, DataNode map, int index);

    /// <summary>Whether two types of value are one in this format.</summary>
    protected virtual bool IsSame(DataNode there, DataValue value) => there.Kind == value.Kind && there.Said == Said(value);

    /// <summary>What a value says, as <see cref="DataNode.Said"/> has it.</summary>
    protected static string Said(DataValue value) =>
        value.Kind is DataKind.Null ? ""
        : value.Kind is DataKind.Float ? DataNumber.Said(value.Text)
        : value.Text;

    /// <summary>Sets a value.</summary>
    /// <exception cref="DataRefusedException">That cannot be done safely.</exception>
    public string Set(string text, DataPath path, DataValue value)
    {
        var root = Read(text);
        var (depth, node, _) = Find(root, path);
        if (depth == path.Steps.Count)
        {
            if (IsSame(node, value))
                return text;
            if (node.IsCollection)
                throw new DataRefusedException(
                    $"{path} is a {Called(node)}, and not one value",
                    $"name a value in it, or take it out first: {Absent}"
                );
            return Checked(root, Replace(text, node, value), path, value);
        }

        var step = path.Steps[depth];
        if (node.Kind is DataKind.List)
            throw new DataRefusedException(
                step.Name is null
                    ? $"{Named(path, depth)} has no entry with the number {step.Index}"
                    : $"{Named(path, depth)} is a list, and has no names",
                "entries of a list are changed, not added: write the list by hand, or the whole file with a File"
            );
        if (!node.IsCollection && !CanHold(node))
            throw new DataRefusedException(
                $"{Named(path, depth)} is a {Called(node)}, and has nothing in it",
                $"take it out first: {Absent}"
            );
        if (path.Steps.Skip(depth).TakeWhile(more => more.Name is not null).Count() is var names && depth + names < path.Steps.Count)
            throw new DataRefusedException($"{Named(path, depth + names)} is not a list", "check the path");
        return Checked(root, Insert(text, root, path, depth, node, value), path, value);
    }

    /// <summary>Takes a value out.</summary>
    /// <exception cref="DataRefusedException">That cannot be done safely.</exception>
    public string Remove(string text, DataPath path)
    {
        var root = Read(text);
        var (depth, _, owner) = Find(root, path);
        if (depth < path.Steps.Count || owner is null)
            return text;
        var index = owner.Entries.FindIndex(entry => entry.Name == path.Steps[^1].Name);
        return Checked(root, Take(text, root, path, owner, index), path, null);
    }

    /// <summary>The entry that the first steps of a path lead to.</summary>
    protected static DataEntry EntryOf(DataNode root, DataPath path, int count)
    {
        DataEntry entry = new(null, root.Start, root);
        foreach (var (name, index) in path.Steps.Take(count))
            entry = name is null ? entry.Value.Entries[index] : entry.Value.Entries.First(each => each.Name == name);
        return entry;
    }

    /// <summary>How far a path leads: the number of steps that are there, what they lead to, and the map that has that.</summary>
    (int Depth, DataNode Node, DataNode? Owner) Find(DataNode root, DataPath path)
    {
        var (node, owner) = (root, (DataNode?)null);
        for (var depth = 0; ; depth++)
        {
            if (node.Trouble is { } trouble)
                throw new DataRefusedException($"{Named(path, depth)} {trouble}", "write it by hand, or the whole file with a File");
            if (depth == path.Steps.Count)
                return (depth, node, owner);
            var (name, index) = path.Steps[depth];
            if (name is null)
            {
                if (node.Kind is not DataKind.List || index >= node.Entries.Count)
                    return (depth, node, owner);
                (owner, node) = (node, node.Entries[index].Value);
                continue;
            }

            var found = node.Entries.FindAll(entry => entry.Name == name);
            if (found.Count > 1)
                throw new DataRefusedException(
                    $"{path.First(depth + 1)} is there {found.Count} times, and programs differ in which one counts",
                    "take all but one away by hand first"
                );
            if (found.Count == 0)
                return (depth, node, owner);
            (owner, node) = (node, found[0].Value);
        }
    }

    /// <summary>Whether values can be added where a value is now: where nothing is written.</summary>
    protected virtual bool CanHold(DataNode node) => false;

    /// <summary>The result, if it says what it should: the value, and everything else as before.</summary>
    string Checked(DataNode before, string text, DataPath path, DataValue? value)
    {
        DataNode after;
        try
        {
            after = Read(text);
            var (depth, node, _) = Find(after, path);
            if (
                before.Others(path).SequenceEqual(after.Others(path))
                && (value is null ? depth < path.Steps.Count : depth == path.Steps.Count && IsSame(node, value))
            )
                return text;
        }
        catch (DataRefusedException)
        {
            // The sentence below says it: the file as it is now can be read, and the new one could not.
        }

        throw new DataRefusedException(
            $"{path} cannot be edited without a change of something else",
            "write it by hand, or the whole file with a File"
        );
    }

    string Absent => $"new No{Name[0]}{Name[1..].ToLowerInvariant()}Value(…)";

    string Named(DataPath path, int depth) => depth == 0 ? $"the {Name} as a whole" : path.First(depth);

    /// <summary>What a value is, in words.</summary>
    string Called(DataNode node) =>
        node.Kind switch
        {
            DataKind.Map => Name is "TOML" ? "table" : "map",
            DataKind.List => "list",
            DataKind.Text => "text",
            DataKind.Integer or DataKind.Float => "number",
            DataKind.Boolean => "boolean",
            DataKind.Null => "null",
            _ => "value of another type",
        };

    /// <summary>A text that cannot be read, with the number of its line.</summary>
    public DataRefusedException Invalid(string text, int at, string why) =>
        new(
            $"line {text.AsSpan(0, Math.Min(at, text.Length)).Count('\n') + 1} is not {Name} that can be edited: {why}",
            "mend it by hand first, or write the whole file with a File"
        );
}
