using System.Globalization;

namespace Slipway.Build.Environments.Fleets;

/// <summary>A model that does not answer with what its channel names, though its servers are up.</summary>
/// <param name="Answers">The older version that answers in its place; null where none does.</param>
/// <param name="Reason">What a server says of it, without a full stop.</param>
public sealed record ModelGap(string Model, int Wanted, int? Answers, string Reason)
{
    /// <summary>What is missing, as a sentence.</summary>
    public string What => string.Create(CultureInfo.InvariantCulture,
        $"'{Model}' version {Wanted} is not served{(Answers is { } older ? $", version {older} answers in its place" : "")}: {Reason}.");

    /// <summary>How it is mended, as a sentence.</summary>
    /// <param name="argument">How a command names the environment.</param>
    public string Mend(string argument) => Reason.Contains("sign", StringComparison.OrdinalIgnoreCase)
        ? $"Sign it with ./build.sh --target=Sign{argument}, if you vouch for it; or go back to another version with ./build.sh --target=Rollback{argument} --model={Model} --to=<version>."
        : $"Put back what is damaged; go back to another version with ./build.sh --target=Rollback{argument} --model={Model} --to=<version>; or bring new data for a new version with ./build.sh --target=Train{argument} --model={Model} --dataset=<file.csv>. Servers take it up by themselves.";
}
