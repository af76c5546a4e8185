using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConfigEngine.Local;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli;

/// <summary>A plan that <c>--out</c> wrote. It is applied exactly as it was reviewed, or not at all.</summary>
sealed record SavedPlan(string Path, PlanDocument Document)
{
    /// <summary>Reads a saved plan; null if the file is not JSON, and so is a recipe.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="trusted">Directories whose files are trusted, even if other users can write them.</param>
    /// <exception cref="PlanUnreadableException">The file is JSON, but not a plan that this cfg can apply.</exception>
    /// <exception cref="UntrustedException">Another user could have changed it after the review.</exception>
    public static SavedPlan? Read(string path, IReadOnlyList<string> trusted)
    {
        if (path.EndsWith(".csx", StringComparison.Ordinal) || !File.Exists(path))
            return null;
        var text = Text(path, trusted);
        return text.TrimStart().StartsWith('{') ? new(path, PlanJson.Read(text)) : null;
    }

    static string Text(string path, IReadOnlyList<string> trusted)
    {
        try
        {
            return Encoding.UTF8.GetString(Named.Find(path, trusted).Read()).TrimStart('\uFEFF');
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {failed.Message}");
        }
    }

    /// <summary>The hosts and resources of the plan, reached as the command line says.</summary>
    /// <exception cref="UsageException">The command line chooses hosts or resources itself.</exception>
    public RunChoice SelectionOf(RunChoice choice)
    {
        if (choice is not { On: null, Host: null, Local: false, Only: [], Skip: [], Become: false })
            throw new UsageException(
                $"{Path} is a plan, and a plan says itself which hosts and resources it is for: leave out --on, --host, --local, "
                    + $"--only, --skip and --become"
            );
        var selection = Document.Selection;
        return choice with
        {
            On = selection.On,
            Host = selection.Host is { } host ? HostAddress.Parse(host) : null,
            HostText = selection.Host,
            Local = selection.Local,
            Only = selection.Only,
            Skip = selection.Skip,
            Become = selection.Become,
            BecomeIsSet = false,
        };
    }

    /// <summary>Fails if another build of cfg made the plan, because its scripts for hosts may differ.</summary>
    /// <exception cref="UsageException">It was another build.</exception>
    public void CheckBuild()
    {
        if (Document.Build != Cfg.Build)
            throw new UsageException(
                $"{Path} was made by another cfg ({Document.Cfg}, build {Document.Build}), and this one ({Cfg.Version}, build "
                    + $"{Cfg.Build}) may run other scripts on the hosts. Plan again with this one and review that."
            );
    }

    /// <summary>Fails if a file of the plan has changed.</summary>
    /// <exception cref="UsageException">A file has changed; it is named.</exception>
    public void CheckFiles()
    {
        foreach (var file in Document.Recipe.Files)
        {
            if (!File.Exists(file.Path))
                throw new UsageException(
                    $"{Path} was made with {file.Path}, and there is no such file here. Run cfg from where the plan was made, "
                        + $"or plan again."
                );
            if (RecipeRun.Digest(file.Path) != file.Sha256)
                throw new UsageException($"{file.Path} was changed after {Path} was made. Plan again and review what that does.");
        }
    }

    /// <summary>Fails if the recipe as a whole has changed.</summary>
    public void CheckRecipe(PlanDocument now)
    {
        if (now.Recipe.Digest != Document.Recipe.Digest)
            throw new UsageException(
                $"{Document.Recipe.Path} or what it loads is not what it was when {Path} was made. Plan again and review what that does."
            );
    }

    /// <summary>The differences since the plan was made, one per line; none if the plan is still valid.</summary>
    public IReadOnlyList<string> Differences(PlanDocument now)
    {
        List<string> lines = [];
        var hosts = now.Hosts.ToDictionary(host => host.Name);
        foreach (var planned in Document.Hosts)
        {
            if (!hosts.Remove(planned.Name, out var current))
                lines.Add($"{planned.Name}: is in the plan, and the recipe is not for it now");
            else if (current.Error is { } error)
                lines.Add($"{planned.Name}: cannot be planned now: {error}");
            else
                lines.AddRange([.. Compare(planned, current), .. Handlers(planned, current)]);
        }

        lines.AddRange(hosts.Keys.Select(name => $"{name}: the recipe is for it now, and it is not in the plan"));
        if (!JsonNode.DeepEquals(Node(Document.Rollouts), Node(now.Rollouts)))
            lines.Add("the batches of a rollout, or how many hosts of it may fail, are not what they were");
        return lines;
    }

    static IEnumerable<string> Compare(HostDocument planned, HostDocument current)
    {
        var (before, after) = (Comparable(planned), Comparable(current));
        foreach (var key in before.Keys.Union(after.Keys))
        {
            var (was, now) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (was is not null && now is not null && JsonNode.DeepEquals(Node(was), Node(now)))
                continue;
            yield return $"{planned.Name}: {key} {(was, now) switch
            {
                (null, { Verb: Verb.Recheck }) or ({ Verb: Verb.Recheck }, _) => "is not as sure as it was",
                (null, _) => "was up to date",
                (_, null) => "is up to date now",
                _ => "is not as it was",
            }}";
            if (BecameKnown(was, now))
            {
                yield return $"  when the plan was saved, this was unknown until apply: {was?.Because}";
                yield return "  that is known now, and what follows from it is not in the plan: plan again";
                continue;
            }

            foreach (var line in Attributes(was, now))
                yield return $"  {line}";
            if (was is not null && now is not null && was.Runs != now.Runs)
                yield return "  what would be run is not what it was";
        }
    }

    /// <summary>Whether a value that the change waited for is known now, for example after another run, or by hand.</summary>
    static bool BecameKnown(ChangeDocument? was, ChangeDocument? now) =>
        was is { Certainty: Certainty.Unknown, Verb: not Verb.Recheck } && now is not { Certainty: Certainty.Unknown };

    static Dictionary<string, ChangeDocument> Comparable(HostDocument host) =>
        host.Changes.ToDictionary(change => $"{change.Kind} {change.Key}", change => change with { Source = null, Current = null });

    static IEnumerable<string> Handlers(HostDocument planned, HostDocument current)
    {
        var (before, after) = (planned.Handlers.ToDictionary(Name), current.Handlers.ToDictionary(Name));
        foreach (var key in before.Keys.Union(after.Keys))
        {
            var (was, now) = (before.GetValueOrDefault(key), after.GetValueOrDefault(key));
            if (was is not null && now is not null && was.Script == now.Script && was.Reboots == now.Reboots)
                continue;
            yield return $"{planned.Name}: {key} {(was, now) switch
            {
                (null, { OwedSince: not null }) => "is pending now from an earlier run, and was not",
                (null, _) => "would run now, and is not in the plan",
                (_, null) => "is in the plan, and nothing calls for it now",
                _ => "is not as it was",
            }}";
            if (was is not null && now is not null)
                yield return $"  was {Printable.Line(was.Script)}, now {Printable.Line(now.Script)}";
        }

        static string Name(HandlerDocument handler) => $"handler {handler.Name} of block {handler.Block}";
    }

    static JsonNode? Node(ChangeDocument change) => JsonSerializer.SerializeToNode(change, Json.Compact.ChangeDocument);

    static JsonNode? Node(IReadOnlyList<RolloutPlan> rollouts) =>
        JsonSerializer.SerializeToNode(rollouts, Json.Compact.IReadOnlyListRolloutPlan);

    static IEnumerable<string> Attributes(ChangeDocument? was, ChangeDocument? now)
    {
        var names = (was?.Attributes ?? []).Concat(now?.Attributes ?? []).Select(attribute => attribute.Name).Distinct();
        foreach (var name in names)
        {
            var planned = was?.Attributes.FirstOrDefault(attribute => attribute.Name == name);
            var current = now?.Attributes.FirstOrDefault(attribute => attribute.Name == name);
            if (
                planned is not null
                && current is not null
                && JsonNode.DeepEquals(planned.Before, current.Before)
                && JsonNode.DeepEquals(planned.After, current.After)
            )
                continue;
            yield return $"{name}: was {(planned is null ? "as desired" : Short(planned.Before))}, planned "
                + $"{Short((planned ?? current)?.After)}, now {(current is null ? "as desired" : Short(current.Before))}";
        }
    }

    static string Short(JsonNode? value) =>
        value switch
        {
            JsonObject secret when secret["secret"] is not null => $"secret {secret["digest"]?.ToString()[..6]}",
            JsonObject unknown when unknown["unknown"] is not null => "(known after apply)",
            JsonObject content when content["sha256"] is { } digest =>
                $"{content["length"]} bytes, sha256 {ValueText.Short(digest.ToString())[..12]}",
            JsonValue text when text.GetValueKind() is JsonValueKind.String => ValueText.Short(text.GetValue<string>()),
            null => ValueText.Short(null),
            _ => Printable.Line(value.ToJsonString()),
        };
}
