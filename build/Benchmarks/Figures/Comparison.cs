using System.Text.Json.Serialization;
using Slipway.Build.Benchmarks.Contestants;

namespace Slipway.Build.Benchmarks.Figures;

/// <summary>Contestants that answered the same question in the same rounds.</summary>
/// <param name="Contestants">The first is the subject, which the others are compared with.</param>
public sealed record Comparison(string Name, string Question, int Connections, IReadOnlyList<Measured> Contestants)
{
    [JsonIgnore]
    public Measured Subject => Contestants[0];
}

/// <param name="Rounds">Empty for one that is not there.</param>
/// <param name="PeakBytes">Of memory, since its start; null where this machine does not tell.</param>
/// <param name="HowToGet">What brings it here; null for one that is there.</param>
/// <param name="Ratios">The subject to this one; null for the subject, and for one that is not there.</param>
public sealed record Measured(string Name, IReadOnlyList<Round> Rounds, long? PeakBytes, string? HowToGet, Ratios? Ratios)
{
    public static Measured Missing(MissingContestant contestant) => new(contestant.Name, [], PeakBytes: null, contestant.HowToGet, Ratios: null);

    /// <summary>The median of one figure over the rounds.</summary>
    public Spread Of(Func<Round, double> figure) => Spread.Of(Rounds.Select(figure));
}

/// <summary>The subject to another contestant: more than 1 is better of the first, less than 1 of the others.</summary>
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
