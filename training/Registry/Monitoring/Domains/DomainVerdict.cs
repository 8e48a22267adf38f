using System.Text.Json.Serialization;

namespace Slipway.Registry.Monitoring.Domains;

/// <summary>
/// Whether a classifier can tell what a version was asked in the last day from what it was trained on, by all columns together:
/// <c>monitoring/&lt;model&gt;/domain.json</c>, written over every night.
/// </summary>
/// <param name="Training">Compared rows of the training data.</param>
/// <param name="Logged">Compared rows of the log.</param>
/// <param name="Rows">Rows in the log between <paramref name="From"/> and <paramref name="To"/>, of which those are a sample.</param>
/// <param name="Auc">0.5 is chance, 1 is certainty; null if nothing was compared.</param>
/// <param name="Bound">What it must exceed: the effect floor, or what chance alone reaches, whichever is larger.</param>
/// <param name="P">The probability of such an AUC, or a larger one, if both are alike.</param>
/// <param name="Alpha">The probability of a false alarm in a night.</param>
/// <param name="Columns">Those that tell them apart, the most important first; empty if nothing does.</param>
/// <param name="Sentence">For people.</param>
public sealed record DomainVerdict(
    string Model,
    int Version,
    DateTimeOffset From,
    DateTimeOffset To,
    DomainState State,
    int Training,
    int Logged,
    long Rows,
    double? Auc,
    double? Bound,
    double? P,
    double Alpha,
    IReadOnlyList<DomainImportance> Columns,
    string Sentence);

[JsonConverter(typeof(TolerantEnumConverter<DomainState>))]
public enum DomainState
{
    /// <summary>Written by a later release.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>No classifier tells them apart by more than its bound.</summary>
    [JsonStringEnumMemberName("alike")] Alike,

    /// <summary>A classifier tells them apart.</summary>
    [JsonStringEnumMemberName("different")] Different,

    /// <summary>Too few rows to compare.</summary>
    [JsonStringEnumMemberName("too-few")] TooFew,

    /// <summary>The training data cannot be had, or no column can be compared.</summary>
    [JsonStringEnumMemberName("not-compared")] NotCompared,
}
