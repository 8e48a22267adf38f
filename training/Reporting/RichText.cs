namespace Slipway.Reporting;

/// <summary>Text whose words may come from anybody. What it is made of is shown as it is, never read as markup.</summary>
public sealed record RichText
{
    /// <param name="runs">Plain ones beside each other become one, so that a renderer sees all of a word that it has to escape.</param>
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

    /// <summary>The words alone.</summary>
    public string Plain => string.Concat(Runs.Select(run => run.Text));

    /// <summary>From an interpolated string, in whose holes runs keep their style and numbers are invariant.</summary>
    public static RichText Of(RichTextBuilder text) => text.Build();

    public static RichText Join(string separator, IEnumerable<RichText> texts) =>
        new(texts.SelectMany((text, at) => at == 0 ? text.Runs : [new(separator), .. text.Runs]));

    public static implicit operator RichText(string text) => new([new(text)]);

    public static implicit operator RichText(TextRun run) => new([run]);
}

/// <param name="Link">Where it leads; followed only where it is plain https.</param>
public sealed record TextRun(string Text, TextStyle Style = TextStyle.Plain, string? Link = null)
{
    public static TextRun LineBreak { get; } = new("\n", TextStyle.LineBreak);

    public bool IsPlain => Style == TextStyle.Plain && Link is null;

    public static TextRun Code(string text) => new(text, TextStyle.Code);

    public static TextRun Strong(string text) => new(text, TextStyle.Strong);

    public static TextRun Quiet(string text) => new(text, TextStyle.Quiet);

    /// <summary>The mark of a verdict.</summary>
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

    /// <summary>The mark of what is neither good nor bad.</summary>
    Noted,

    LineBreak,
}
