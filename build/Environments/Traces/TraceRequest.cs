using Slipway.Answers.Traces;
using Slipway.Build.Cli;
using Slipway.Registry;

namespace Slipway.Build.Environments.Traces;

/// <summary>What is to be traced: a prediction, a dataset, or a row.</summary>
/// <param name="DatasetVersion">The store's version of the dataset; null for all of them.</param>
public sealed record TraceRequest(string? Prediction, string? Dataset, string? DatasetVersion, RowQuery? Row)
{
    public string What => Prediction is not null ? "prediction" : Dataset is not null ? "dataset" : "row";

    /// <param name="value">The value of an argument; null if it was not given.</param>
    /// <exception cref="UsageException">Not exactly one of the three was given, or the arguments contradict each other.</exception>
    public static TraceRequest Of(Func<Argument, string?> value)
    {
        Argument[] subjects = [Arguments.Prediction, Arguments.TracedDataset, Arguments.TracedRow];
        var given = subjects.Where(argument => value(argument) is not null).ToList();
        if (given.Count != 1)
            throw new UsageException($"Trace takes one of {string.Join(", ", subjects.Select(argument => argument.ToString()))}{(given.Count == 0 ? "" : $", not {string.Join(" and ", given.Select(argument => argument.Flag))}")}.");
        if (value(Arguments.DatasetVersion) is not null && value(Arguments.TracedDataset) is null)
            throw new UsageException($"{Arguments.DatasetVersion.Flag} needs {Arguments.TracedDataset}.");
        try
        {
            return new(
                value(Arguments.Prediction), value(Arguments.TracedDataset), value(Arguments.DatasetVersion),
                value(Arguments.TracedRow) is { } row ? RowQuery.Parse(row) : null);
        }
        catch (SlipwayException e)
        {
            throw new UsageException($"{Arguments.TracedRow.Flag}: {e.Message}");
        }
    }
}
