using ConfigEngine.Editor.Protocol;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace ConfigEngine.Editor;

/// <summary>What could be written at a place of a script.</summary>
sealed class Completing
{
    (int Number, Document? Document, IReadOnlyList<CompletionItem> Items) last = (0, null, []);

    /// <summary>The completions at a place.</summary>
    public async Task<Completions?> At(Script script, Position at, string? typed, CancellationToken ct)
    {
        var document = script.Document;
        if (CompletionService.GetService(document) is not { } service)
            return null;
        var position = script.PositionOf(at);
        var place = await CompletionPlace.Of(script, position, ct);
        var trigger =
            typed is not [var letter] || place.IsAfterNew || place.Settable is not null
                ? CompletionTrigger.Invoke
                : CompletionTrigger.CreateInsertionTrigger(letter);
        if (trigger.Kind is CompletionTriggerKind.Insertion && !service.ShouldTriggerCompletion(script.Text, position, trigger))
            return null;
        var list = await service.GetCompletionsAsync(document, position, trigger, cancellationToken: ct);
        if (list.ItemsList.Count == 0)
            return null;

        IReadOnlyList<CompletionItem> items = [.. list.ItemsList.Where(place.Takes)];
        var number = last.Number + 1;
        last = (number, document, items);
        List<Completion> completions = [];
        foreach (var item in items)
        {
            completions.Add(
                await Of(item, list.Span, script, service, ct) with
                {
                    SortText = place.Order(item.DisplayText) + item.SortText,
                    Data = new(number, completions.Count),
                }
            );
        }

        return new(completions);
    }

    /// <summary>A completion with its documentation.</summary>
    public async Task<Completion> Resolved(Completion completion, CancellationToken ct)
    {
        var (number, document, items) = last;
        if (
            completion.Data is not { } data
            || data.List != number
            || data.Item < 0
            || data.Item >= items.Count
            || document is null
            || CompletionService.GetService(document) is not { } service
            || await service.GetDescriptionAsync(document, items[data.Item], ct) is not { } description
        )
            return completion;
        var declaration = description.TaggedParts.TakeWhile(part => part.Tag is not TextTags.LineBreak).ToList();
        var text = Described.Escaped(description.TaggedParts.Skip(declaration.Count));
        return completion with { Detail = Described.Plain(declaration), Documentation = Described.Of("", text) };
    }

    static async Task<Completion> Of(CompletionItem item, TextSpan span, Script script, CompletionService service, CancellationToken ct)
    {
        Completion completion = new(item.DisplayTextPrefix + item.DisplayText + item.DisplayTextSuffix)
        {
            Kind = KindOf(item),
            FilterText = item.FilterText,
            Preselect = item.Rules.MatchPriority >= MatchPriority.Preselect ? true : null,
        };
        if (!item.IsComplexTextEdit)
        {
            var text = item.Properties.GetValueOrDefault("InsertionText") ?? item.DisplayText;
            return completion with { TextEdit = new(script.RangeOf(span), text) };
        }

        // One that writes elsewhere too, such as an override.
        var changes = (await service.GetChangeAsync(script.Document, item, cancellationToken: ct)).TextChanges;
        var own = changes.FirstOrDefault(change =>
            change.Span.OverlapsWith(span) || change.Span == span || change.Span.Start == span.Start
        );
        return completion with
        {
            TextEdit = new(script.RangeOf(own.NewText is null ? span : own.Span), own.NewText ?? item.DisplayText),
            AdditionalTextEdits =
            [
                .. changes
                    .Where(change => change != own)
                    .Select(change => new TextEdit(script.RangeOf(change.Span), change.NewText ?? "")),
            ],
        };
    }

    static CompletionKind KindOf(CompletionItem item)
    {
        foreach (var tag in item.Tags)
        {
            if (Kind(tag) is { } kind)
                return kind;
        }

        return CompletionKind.Text;
    }

    static CompletionKind? Kind(string tag) =>
        tag switch
        {
            WellKnownTags.Class => CompletionKind.Class,
            WellKnownTags.Structure => CompletionKind.Struct,
            WellKnownTags.Interface => CompletionKind.Interface,
            WellKnownTags.Enum => CompletionKind.Enum,
            WellKnownTags.EnumMember => CompletionKind.EnumMember,
            WellKnownTags.Delegate => CompletionKind.Class,
            WellKnownTags.Property => CompletionKind.Property,
            WellKnownTags.Method or WellKnownTags.ExtensionMethod => CompletionKind.Method,
            WellKnownTags.Field => CompletionKind.Field,
            WellKnownTags.Constant => CompletionKind.Constant,
            WellKnownTags.Event => CompletionKind.Event,
            WellKnownTags.Local or WellKnownTags.Parameter or WellKnownTags.RangeVariable => CompletionKind.Variable,
            WellKnownTags.Namespace => CompletionKind.Module,
            WellKnownTags.Keyword => CompletionKind.Keyword,
            WellKnownTags.TypeParameter => CompletionKind.TypeParameter,
            WellKnownTags.File or WellKnownTags.Folder => CompletionKind.File,
            _ => null,
        };
}
