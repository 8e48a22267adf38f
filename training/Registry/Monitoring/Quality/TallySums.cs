namespace Slipway.Registry.Monitoring.Quality;

/// <summary>The sums of a <see cref="QualityTally"/> as they are stored: those that are not 0, by their number. What a number means is fixed for a version.</summary>
public sealed record TallySums(IReadOnlyDictionary<int, double> Sums)
{
    public static TallySums None { get; } = new(new Dictionary<int, double>());

    public TallySums Plus(TallySums other)
    {
        var sum = new SortedDictionary<int, double>(Sums.ToDictionary());
        foreach (var (number, value) in other.Sums)
            sum[number] = sum.GetValueOrDefault(number) + value;
        return new(sum);
    }
}
