using System.Globalization;

namespace Slipway.Build;

/// <summary>A model that does not serve the version that its channel points to, even though its servers are up.</summary>
/// <param name="Answers">The older version that is served instead; null if none is.</param>
/// <param name="Reason">What a server reports about it, without a full stop.</param>
public sealed record ModelGap(string Model, int Wanted, int? Answers, string Reason)
{
    /// <summary>What is missing, as a sentence.</summary>
    public string What => string.Create(CultureInfo.InvariantCulture,
        $"'{Model}' version {Wanted} is not served{(Answers is { } older ? $", version {older} is served instead" : "")}: {Reason}.");

    /// <summary>How it is mended, as a sentence.</summary>
    /// <param name="argument">How a command names the environment.</param>
    public string Mend(string argument) => Reason.Contains("sign", StringComparison.OrdinalIgnoreCase)
        ? $"Sign it with ./build.sh --target=Sign{argument}, if you vouch for it; or go back to another version with ./build.sh --target=Rollback{argument} --model={Model} --to=<version>."
        : $"Put back what is damaged; go back to another version with ./build.sh --target=Rollback{argument} --model={Model} --to=<version>; or bring new data for a new version with ./build.sh --target=Train{argument} --model={Model} --dataset=<file.csv>. Servers take it up by themselves.";
}
