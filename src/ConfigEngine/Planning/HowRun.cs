namespace ConfigEngine.Planning;

/// <summary>How the operations of a resource are run, besides their own text: as whom, how long, how often, and until what.</summary>
static class HowRun
{
    /// <summary>
    /// The lines for a plan, as far as the resource says more than what always holds. Where no operation is known yet, they say what the
    /// recipe sets: nothing else in the plan does.
    /// </summary>
    public static IReadOnlyList<string> Of(Resource resource, Draft draft) =>
        draft.Operations.Count == 0 ? [.. Settings(resource), .. Of(resource)] : Of(resource);

    static IEnumerable<string> Settings(Resource resource)
    {
        var plain = DefaultValues.Of(resource);
        foreach (
            var property in StateProperties.Of(resource.GetType()).Where(one => one.CanWrite && one.DeclaringType != typeof(Resource))
        )
        {
            // What is not known yet is an attribute of the change.
            var value = property.GetValue(resource);
            if (
                value is not (null or IMaybeUnknown { IsKnown: false })
                && !StateProperties.Same(value, plain is null ? null : property.GetValue(plain))
            )
                yield return $"with {Text.Kebab(property.Name)} {ValueText.Short(DataValue.ContentOf(value) ?? value)}";
        }
    }

    /// <summary>The same, where the operations are known.</summary>
    public static IReadOnlyList<string> Of(Resource resource) =>
        [
            .. resource.How,
            .. resource.As is { } user ? (string[])[$"as the user {user}"] : [],
            .. resource.Until is { } until ? (string[])[$"until this succeeds: {until.Text}"] : [],
            .. Tries(resource) is { } tries ? (string[])[tries] : [],
            .. resource.Deadline is { } deadline ? (string[])[$"within {ValueText.Full(deadline)}"] : [],
        ];

    static string? Tries(Resource resource) =>
        (resource.Retries, resource.RetryDelay) switch
        {
            (null, null) => null,
            (null, { } delay) => $"tried again after {ValueText.Full(delay)}",
            ({ } retries, { } delay) => $"tried again {Text.Count(retries, "time")}, after {ValueText.Full(delay)} each",
            ({ } retries, null) => $"tried again {Text.Count(retries, "time")}",
        };
}
