namespace Slipway.Registry.Monitoring.Drift;

/// <summary>
/// What the servers of a model's version have counted in one window of time: <c>monitoring/&lt;model&gt;/windows/&lt;start&gt;/&lt;version&gt;.&lt;replica&gt;.json</c>.
/// Each server overwrites its own with larger totals, so that writing again counts nothing twice; <see cref="Add"/> merges those of several servers.
/// </summary>
/// <param name="OnnxSha256">Of the file that predicted: counts of another file are never added.</param>
/// <param name="Start">A multiple of <paramref name="Length"/> since 0001-01-01 UTC.</param>
/// <param name="Replicas">Whose counts these are.</param>
/// <param name="Rows">Predicted rows.</param>
/// <param name="EncodedRows">How many of these came as encoded features, in which a missing number cannot be told from its imputed value, nor an unknown category from a missing one.</param>
/// <param name="Columns">In the order of the schema.</param>
/// <param name="Output">What was predicted: the probability, the class, or the value. Null if the version's baseline has no output.</param>
/// <param name="Written">When it was written, by the server's clock.</param>
public sealed record DriftWindow(
    string Model,
    int Version,
    string OnnxSha256,
    DateTimeOffset Start,
    TimeSpan Length,
    IReadOnlyList<string> Replicas,
    long Rows,
    long EncodedRows,
    IReadOnlyList<ColumnCounts> Columns,
    ColumnCounts? Output,
    DateTimeOffset Written)
{
    /// <summary>Whether the other counts the same: version, window and bins.</summary>
    public bool Fits(DriftWindow other) =>
        (Model, Version, OnnxSha256, Start, Length) == (other.Model, other.Version, other.OnnxSha256, other.Start, other.Length)
        && Columns.Count == other.Columns.Count && Columns.Zip(other.Columns).All(pair => pair.First.Fits(pair.Second))
        && (Output is null ? other.Output is null : other.Output is not null && Output.Fits(other.Output));

    /// <summary>The counts of both.</summary>
    public DriftWindow Add(DriftWindow other) => !Fits(other)
        ? throw new SlipwayException($"Windows of '{Model}' version {Version} cannot be added: they count different bins.")
        : this with
        {
            Replicas = [.. Replicas.Union(other.Replicas).Order(StringComparer.Ordinal)],
            Rows = Rows + other.Rows,
            EncodedRows = EncodedRows + other.EncodedRows,
            Columns = [.. Columns.Zip(other.Columns, (column, more) => column.Add(more))],
            Output = Output is null ? null : Output.Add(other.Output!),
            Written = other.Written > Written ? other.Written : Written,
        };
}

/// <param name="Counts">By bin of the baseline, or by category in the order of the schema with all others last. Missing values are in none.</param>
/// <param name="OutOfRange">Numbers outside the range of the training data; they are in a bin too.</param>
/// <param name="TypeFailures">Requests that were rejected because a value of this column is no number. Their rows were not predicted.</param>
/// <param name="Minimum">Null if there was no number, and for categories.</param>
/// <param name="ImputedBin">The bin of the value that replaces a missing one; null for categories.</param>
public sealed record ColumnCounts(
    string Name,
    IReadOnlyList<long> Counts,
    long Missing,
    long OutOfRange,
    long TypeFailures,
    float? Minimum,
    float? Maximum,
    int? ImputedBin)
{
    public bool Fits(ColumnCounts other) => Name == other.Name && Counts.Count == other.Counts.Count && ImputedBin == other.ImputedBin;

    public ColumnCounts Add(ColumnCounts other) => this with
    {
        Counts = [.. Counts.Zip(other.Counts, (count, more) => count + more)],
        Missing = Missing + other.Missing,
        OutOfRange = OutOfRange + other.OutOfRange,
        TypeFailures = TypeFailures + other.TypeFailures,
        Minimum = Minimum is { } least && other.Minimum is { } less ? Math.Min(least, less) : Minimum ?? other.Minimum,
        Maximum = Maximum is { } most && other.Maximum is { } more ? Math.Max(most, more) : Maximum ?? other.Maximum,
    };
}
