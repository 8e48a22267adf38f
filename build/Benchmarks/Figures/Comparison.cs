using System.Text.Json.Serialization;
using Slipway.Benchmarks.Contestants;

namespace Slipway.Benchmarks.Figures;

/// <summary>The results of contestants that received the same request in the same rounds.</summary>
/// <param name="Contestants">The first is the subject that the others are compared with.</param>
public sealed record Comparison(string Name, [property: JsonPropertyName("question")] string Request, int Connections, IReadOnlyList<Measured> Contestants)
{
    [JsonIgnore]
    public Measured Subject => Contestants[0];
}

/// <param name="Rounds">Empty if the contestant is not installed, or its figures are refused.</param>
/// <param name="PeakBytes">Peak memory since its start; null if the operating system does not report it.</param>
/// <param name="InstallHint">How to install it; null if it is installed.</param>
/// <param name="Ratios">The subject relative to this one; null for the subject, and if this one has no figures.</param>
/// <param name="Refusal">Why its figures are not shown; null if they are. See <see cref="TimerCheck"/>.</param>
/// <param name="Rates">At fixed rates; null if none was measured.</param>
public sealed record Measured(
    string Name, IReadOnlyList<Round> Rounds, long? PeakBytes, [property: JsonPropertyName("howToGet")] string? InstallHint, Ratios? Ratios, string? Refusal = null,
    IReadOnlyList<RateFigures>? Rates = null)
{
    [JsonIgnore]
    public bool HasFigures => Rounds.Count > 0;

    public static Measured Missing(MissingContestant contestant) => new(contestant.Name, [], PeakBytes: null, contestant.InstallHint, Ratios: null);

    public static Measured Refused(string name, string why) => new(name, [], PeakBytes: null, InstallHint: null, Ratios: null, why);

    /// <summary>The median of one measure over the rounds.</summary>
    public Spread Of(Func<Round, double> figure) => Spread.Of(Rounds.Select(figure));
}

/// <summary>The subject relative to another contestant: greater than 1 means that the subject's value is larger.</summary>
public sealed record Ratios(Spread RequestsPerSecond, Spread P99, Spread ProcessorSeconds, double? PeakMemory)
{
    public static Ratios Of(Measured subject, IReadOnlyList<Round> other, long? otherPeak)
    {
        Spread Ratio(Func<Round, double> figure) => Spread.Ratio([.. subject.Rounds.Select(figure)], [.. other.Select(figure)]);
        return new(
            Ratio(round => round.RequestsPerSecond), Ratio(round => round.P99Microseconds), Ratio(round => round.ProcessorSeconds),
            (double?)subject.PeakBytes / otherPeak);
    }
}
