using Slipway.Registry.Channels;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>One question with what came of it.</summary>
/// <param name="Asked">The color that was to answer; null for whichever the split picks.</param>
/// <param name="Version">That the channel says.</param>
/// <param name="Rows">Golden rows that were answered; 0 where the question is about none.</param>
/// <param name="Problem">What came instead of what should; null when it is right.</param>
public sealed record SmokeCheck(string Model, Color? Asked, int Version, SmokeQuestion Question, int Rows, TimeSpan Took, string? Problem)
{
    /// <summary>Who was asked, for people.</summary>
    public string Way => Asked?.Word() ?? "by split";

    /// <summary>What was asked and what came, as a sentence without its end.</summary>
    public override string ToString() => $"{(Question.Predicts() ? "POST" : "GET")} {Question.Path(Model)}, {(Asked is { } color ? $"asked of {color.Word()}" : "asked of whichever the split picks")}: {Problem ?? "right"}";
}
