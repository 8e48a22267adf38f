using Slipway.Registry.Channels;

namespace Slipway.Gateway.Page.Playground;

/// <summary>What one color answered.</summary>
/// <param name="Rows">One for each row that was asked; empty if there is a problem.</param>
/// <param name="OutOfRange">Columns with values that the training data did not have.</param>
/// <param name="Problem">Why there is no answer, as a sentence; null if there is one.</param>
public sealed record PlaygroundAnswer(
    Color Color, string? Version, string? TrainingJob, string? Replica, IReadOnlyList<PlaygroundRow> Rows, IReadOnlyList<string> OutOfRange, TimeSpan Elapsed, string? Problem)
{
    public static PlaygroundAnswer None(Color color, string problem) => new(color, null, null, null, [], [], TimeSpan.Zero, problem);
}

/// <param name="Label">Null for a regression.</param>
/// <param name="Values">By class; a single value by the name of the output.</param>
public sealed record PlaygroundRow(string? Label, IReadOnlyList<(string Name, double Value)> Values)
{
    /// <summary>The value that a curve is drawn of: of the last class, which is the positive one of two.</summary>
    public double Main => Values.Count == 0 ? double.NaN : Values.Count == 1 ? Values[0].Value : Values.Max(value => value.Value);
}
