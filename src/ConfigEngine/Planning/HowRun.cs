namespace ConfigEngine.Planning;

/// <summary>How the operations of a resource are run, besides their own text: as whom, how long, how often, and until what.</summary>
static class HowRun
{
    /// <summary>The lines for a plan, as far as the resource says more than what always holds.</summary>
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
