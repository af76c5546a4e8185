using System.Net;
using System.Text;
using ConfigEngine.Cli.Reports;
using ConfigEngine.Rendering;

namespace ConfigEngine.Cli.Comparing;

/// <summary>A comparison in Markdown, for the discussion of a pull request.</summary>
static class ComparisonMarkdown
{
    /// <summary>The text; of a comparison that is too long for a comment, less is shown, and the text says so.</summary>
    public static string Write(PlanComparison compared) =>
        Of(compared, Details.Shown) is { Length: <= Markdown.Longest } whole ? whole : Of(compared, Details.LeftOut);

    static string Of(PlanComparison compared, Details details)
    {
        StringBuilder text = new();
        text.Append($"### Plans of {Markdown.Code(compared.Before)} and {Markdown.Code(compared.After)}\n\n");
        foreach (var sentence in ComparisonText.Closing(compared).Reverse())
            text.Append($"{Markdown.Escaped(sentence.Text)}\n\n");
        if (details is Details.LeftOut)
            text.Append("This is longer than a comment may be, so only the hosts are named. `cfg diff` shows all of it.\n\n");
        foreach (var recipe in compared.Recipes)
            Append(text, recipe, compared, details);
        return text.Append($"<sub>Made by cfg {Markdown.Escaped(Cfg.Version)}</sub>\n").ToString();
    }

    static void Append(StringBuilder text, RecipeComparison recipe, PlanComparison compared, Details details)
    {
        if (recipe.Problem is { } problem)
            text.Append(
                Markdown.Folded($"<b>{WebUtility.HtmlEncode(recipe.Title)}</b> could not be compared", problem.Split('\n'), " open")
            );
        foreach (var group in ComparisonText.Groups(recipe, compared, null))
        {
            var title = $"<b>{WebUtility.HtmlEncode(HostList.Of(group.Names, null, null))}</b> {WebUtility.HtmlEncode(recipe.Title)}";
            text.Append(
                details is Details.LeftOut
                    ? $"{title}\n\n"
                    : Markdown.Folded(title, [.. group.Lines(new()).Select(line => $"{line.Outdented(PlanText.ChangeColumn)}")])
            );
        }

        if (recipe.OrderDiffers)
            text.Append(
                Markdown.Folded(
                    $"order of hosts in <b>{WebUtility.HtmlEncode(recipe.Title)}</b>",
                    [.. ComparisonText.Order(recipe, null).Select(line => $"{line.Outdented(PlanText.ChangeColumn)}")]
                )
            );
    }

    enum Details
    {
        Shown,
        LeftOut,
    }
}
