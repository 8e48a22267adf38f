using System.Globalization;

namespace Slipway.Build.Environments.Fleets;

/// <summary>A model that does not serve the version that its channel points to, even though its servers are up.</summary>
/// <param name="Answers">The older version that is served instead; null if none is.</param>
/// <param name="Reason">What a server reports about it, without a full stop.</param>
public sealed record ModelGap(string Model, int Desired, int? Answers, string Reason)
{
    /// <summary>What is missing, as a sentence.</summary>
    public string What => string.Create(CultureInfo.InvariantCulture,
        $"'{Model}' version {Desired} is not served{(Answers is { } older ? $", version {older} is served instead" : "")}: {Reason}.");

    /// <summary>The other registered versions, which could be served instead.</summary>
    public IReadOnlyList<int> Others { get; init; } = [];

    /// <summary>How to fix it, as a sentence.</summary>
    /// <param name="argument">The argument that selects the environment.</param>
    public string Remedy(string argument)
    {
        List<string> ways = Reason.Contains("sign", StringComparison.OrdinalIgnoreCase)
            ? [$"sign it with ./build.sh --target=Sign{argument}, if you vouch for it"]
            : ["restore what is damaged", $"bring new data for a new version with ./build.sh --target=Train{argument} --model={Model} --dataset=<file.csv>"];
        if (Others.Count > 0)
            ways.Insert(1, $"go back to another version with ./build.sh --target=Rollback{argument} --model={Model} --to={(Others is [var only] ? only.ToString(CultureInfo.InvariantCulture) : "<version>")}");
        var text = string.Join("; or ", ways);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}. Servers pick it up automatically.";
    }
}
