using Slipway.Automation.Datasets;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Answers.Traces;

/// <summary>One content of a dataset in the store, and the jobs that were trained on exactly it.</summary>
/// <param name="Place">The object to read: the copy that a job got, or the dataset itself if no job did.</param>
/// <param name="Version">The version of that object; null for the current one.</param>
/// <param name="Jobs">Empty if nothing was trained on it.</param>
public sealed record StoredDataset(DatasetReference Dataset, string Place, string? Version, IReadOnlyList<DatasetJob> Jobs)
{
    public string Name => $"{Dataset.Key}, version {Dataset.Version}";
}

/// <summary>What a scan has found in a stored dataset.</summary>
/// <param name="Rows">Rows that were read.</param>
/// <param name="Matches">How many of them match.</param>
/// <param name="First">The first of these, with their ids and their side for each job.</param>
/// <param name="Columns">The columns of the file.</param>
/// <param name="Problem">Why it could not be read to its end; null if it was.</param>
public sealed record ScannedDataset(
    StoredDataset Stored, long Rows, long Matches, IReadOnlyList<MatchingRow> First, IReadOnlyList<string> Columns, string? Problem);

/// <param name="Number">1 for the first row after the header.</param>
/// <param name="Ids">The values of the id columns.</param>
/// <param name="Sides">On which side of the split the row was, by training job.</param>
public sealed record MatchingRow(long Number, IReadOnlyList<KeyValuePair<string, string>> Ids, IReadOnlyDictionary<string, Registry.Rows.Side> Sides);

/// <summary>How a job split its dataset, from its own spec.</summary>
internal sealed record JobSplit(string Job, SplitSpec Split, IReadOnlyList<string> Ids);
