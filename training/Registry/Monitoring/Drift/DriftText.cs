using System.Globalization;

namespace Slipway.Registry.Monitoring.Drift;

/// <summary>A verdict in one sentence for people, with what to do about it.</summary>
public static class DriftText
{
    private const int MaxItems = 5;

    public static string Of(DriftVerdict verdict) => verdict.State switch
    {
        DriftState.Stable => Text($"The inputs and predictions of {verdict.Rows} rows are like the training data."),
        DriftState.TooFew => Text($"{verdict.Rows} rows are too few to compare with the training data."),
        DriftState.Drifted or DriftState.Problems => Alarm(verdict),
        _ => verdict.Sentence,
    };

    private static string Alarm(DriftVerdict verdict)
    {
        string[] drifted = [.. verdict.Features.Append(verdict.Output).OfType<FeatureDrift>().Where(feature => feature.Drifted).OrderByDescending(feature => feature.Ratio).Select(Of)];
        string[] problems = [.. verdict.Problems.OrderByDescending(problem => problem.Share).Select(Of)];
        var drift = drifted.Length == 0 ? null : $"{Listed(drifted)} {(drifted.Length == 1 ? "has" : "have")} drifted from the training data.";
        var data = problems.Length == 0 ? null : $"Data problems: {Listed(problems)}.";
        return string.Join(' ', new[] { drift, data }.OfType<string>());
    }

    private static string Of(FeatureDrift feature) => Text($"'{feature.Name}' ({feature.Ratio:0.0} times its bound)");

    private static string Of(DataCheckResult result) => result.Check switch
    {
        DataCheck.Missing => Text($"'{result.Name}' is missing in {Percent(result.Share)} of rows ({Percent(result.Expected)} in training)"),
        DataCheck.NewCategory => Text($"'{result.Name}' has unknown categories in {Percent(result.Share)} of rows"),
        DataCheck.OutOfRange => Text($"'{result.Name}' is outside its training range in {Percent(result.Share)} of rows"),
        DataCheck.TypeFailure => Text($"{result.Count} requests were rejected because '{result.Name}' is not a number"),
        DataCheck.Constant => Text($"'{result.Name}' is the same in every row"),
        _ => result.Name,
    };

    private static string Listed(string[] items) => items.Length <= MaxItems ? string.Join(", ", items) : $"{string.Join(", ", items[..MaxItems])} and {items.Length - MaxItems} more";

    private static string Percent(double share) => Text($"{share * 100:0.#} %");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
