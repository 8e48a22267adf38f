using System.Globalization;
using Slipway.Automation;

namespace Slipway.Build;

/// <summary>What was signed afterwards, what was signed before, and what was not because it is not what it should be.</summary>
public static class SigningReport
{
    /// <exception cref="RefusedException">A version was not signed.</exception>
    public static async Task SignAsync(
        this IProgressReport report, SlipwayEnvironment environment, IReadOnlyList<string> models, CancellationToken cancellation)
    {
        var signer = environment.Signer;
        var all = new List<(string Model, SignedVersion Version)>();
        foreach (var model in models)
        {
            var versions = await report.StepAsync(
                $"Check '{model}'", _ => new VersionSigning(environment.Store, signer).RunAsync(model, cancellation).ToListAsync(cancellation).AsTask());
            report.Table($"'{model}'", versions.Select(version => KeyValuePair.Create(version.Version.ToString(CultureInfo.InvariantCulture), Describe(version))));
            all.AddRange(versions.Select(version => (model, version)));
        }

        report.Line($"Key {signer.Key.ShortId}: {Count(all, SigningResult.SignedNow)} signed, {Count(all, SigningResult.SignedBefore)} signed before, {Count(all, SigningResult.Refused)} refused.");
        if (all.Exists(one => one.Version.Result == SigningResult.SignedNow))
            report.Line("A server that held one of them back tries it again by itself, within five minutes.");
        if (all.Find(one => one.Version.Result == SigningResult.Refused) is { Model: { } refused })
            throw new RefusedException(
                $"Not all was signed, see above: a version of '{refused}' is not what was registered. Put it back from a backup, or leave it; ./build.sh --target=History --verify{environment.Argument} tells more.");
    }

    private static int Count(List<(string, SignedVersion Version)> all, SigningResult result) => all.Count(one => one.Version.Result == result);

    private static string Describe(SignedVersion version) => version.Result switch
    {
        SigningResult.SignedNow => "signed",
        SigningResult.SignedBefore => "signed before",
        _ => $"NOT SIGNED: {version.Reason}",
    };
}
