using System.Globalization;
using Slipway.Registry.Predictions;

namespace Slipway.PredictionLogs;

/// <summary>
/// The name of a Parquet object in the partition of its hour: <c>&lt;replica&gt;-&lt;first&gt;-&lt;last&gt;-&lt;unique&gt;.parquet</c>. First and last are the counters of
/// the prediction ids in it, as 12 hex digits, so that a prediction is found by listing names. The rest keeps apart what a server writes whose clock was set back.
/// </summary>
public sealed record LogObjectName(string Replica, ulong First, ulong Last, string Unique)
{
    public const string Suffix = ".parquet";

    /// <summary>Hex digits of <see cref="Unique"/>.</summary>
    public const int UniqueLength = 6;

    private const int CountLength = 12;
    private const int TailLength = 1 + CountLength + 1 + CountLength + 1 + UniqueLength;

    public static string PrefixOf(string replica) => $"{replica}-";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Replica}-{First:x12}-{Last:x12}-{Unique}{Suffix}");

    public bool Covers(ulong count) => count >= First && count <= Last;

    /// <param name="key">Of an object, with or without its folder.</param>
    public static LogObjectName? Parse(string key)
    {
        var name = key.AsSpan(key.LastIndexOf('/') + 1);
        if (!name.EndsWith(Suffix, StringComparison.Ordinal) || name.Length <= TailLength + Suffix.Length)
            return null;

        name = name[..^Suffix.Length];
        var replica = name[..^TailLength];
        var tail = name[^TailLength..];
        return PredictionIds.IsReplica(replica) && tail[0] == '-' && tail[1 + CountLength] == '-' && tail[^(UniqueLength + 1)] == '-'
            && ulong.TryParse(tail.Slice(1, CountLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var first)
            && ulong.TryParse(tail.Slice(2 + CountLength, CountLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var last)
            ? new(replica.ToString(), first, last, tail[^UniqueLength..].ToString())
            : null;
    }
}
