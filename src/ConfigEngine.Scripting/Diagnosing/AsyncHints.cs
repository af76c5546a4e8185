namespace ConfigEngine.Scripting;

/// <summary>Hints for a recipe that uses await or async.</summary>
static class AsyncHints
{
    public static string? For(Slip slip) =>
        slip.Id switch
        {
            "CS4014" => "write await before it, or take the method that does not end in Async",
            "CS4010" or "CS4033" or "CS4034" =>
                "leave out async and await: a recipe declares, and what is known of the host is there already",
            _ => null,
        };
}
