namespace Slipway.Reporting;

/// <summary>Text that may come from anybody. It is shown unchanged, and never interpreted as markup.</summary>
public sealed record RichText
{
    /// <param name="runs">Adjacent plain runs are merged, so that a renderer sees each word that it has to escape as a whole.</param>
    public RichText(IEnumerable<TextRun> runs)
    {
        var merged = new List<TextRun>();
        foreach (var run in runs.Where(run => run.Text.Length > 0))
            if (merged is [.., { IsPlain: true } last] && run.IsPlain)
                merged[^1] = new(last.Text + run.Text);
            else
                merged.Add(run);
        Runs = merged;
    }

    public static RichText Empty { get; } = new([]);

    public IReadOnlyList<TextRun> Runs { get; }

    /// <summary>The text without styles.</summary>
    public string Plain => string.Concat(Runs.Select(run => run.Text));

    /// <summary>Creates it from an interpolated string: interpolated runs keep their style, and numbers are formatted invariantly.</summary>
    public static RichText Of(RichTextBuilder text) => text.Build();

    public static RichText Join(string separator, IEnumerable<RichText> texts) =>
        new(texts.SelectMany((text, at) => at == 0 ? text.Runs : [new(separator), .. text.Runs]));

    public static implicit operator RichText(string text) => new([new(text)]);

    public static implicit operator RichText(TextRun run) => new([run]);
}

/// <param name="Link">The target of a link; only plain https links are used.</param>
public sealed record TextRun(string Text, TextStyle Style = TextStyle.Plain, string? Link = null)
{
    public static TextRun LineBreak { get; } = new("\n", TextStyle.LineBreak);

    public bool IsPlain => Style == TextStyle.Plain && Link is null;

    public static TextRun Code(string text) => new(text, TextStyle.Code);

    public static TextRun Strong(string text) => new(text, TextStyle.Strong);

    public static TextRun Quiet(string text) => new(text, TextStyle.Quiet);

    /// <summary>Marks a verdict.</summary>
    public static TextRun Mark(bool passed, string text) => new(text, passed ? TextStyle.Passed : TextStyle.Failed);
}

public enum TextStyle
{
    Plain,
    Quiet,
    Strong,
    Code,
    Better,
    Worse,
    Passed,
    Failed,

    /// <summary>Marks something that is neither good nor bad.</summary>
    Noted,

    LineBreak,
}
