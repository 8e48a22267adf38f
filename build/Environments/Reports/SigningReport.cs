using System.Globalization;
using Slipway.Automation.Signing;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;

namespace Slipway.Build.Environments.Reports;

/// <summary>Which versions were signed now, which were signed before, and which were refused because they are not as registered.</summary>
public static class SigningReport
{
    /// <exception cref="RefusedException">A version was not signed.</exception>
    public static async Task SignAsync(
        this IProgressReport report, SlipwayEnvironment environment, IReadOnlyList<string> models, CancellationToken cancellation)
    {
        var signer = environment.Signer;
        var all = new List<(string Model, SignedVersion Version)>();
        var refused = new List<string>();
        foreach (var model in models)
        {
            var signing = new VersionSigning(environment.Store, signer, environment.Signatures);
            var (versions, head) = await report.StepAsync(
                $"Sign '{model}'", async _ => (await signing.RunAsync(model, cancellation).ToListAsync(cancellation), await signing.SignHeadAsync(model, cancellation)));
            report.Table($"'{model}'", [
                .. versions.Select(version => KeyValuePair.Create($"version {version.Version.ToString(CultureInfo.InvariantCulture)}", Describe(version.Result, version.Reason))),
                .. head is null ? [] : new[] { KeyValuePair.Create("history", $"up to entry {head.Number.ToString(CultureInfo.InvariantCulture)}: {Describe(head.Result, head.Reason)}") },
            ]);
            all.AddRange(versions.Select(version => (model, version)));
            if (head?.Result == SigningResult.Refused)
                refused.Add(model);
        }

        report.Line($"Key {signer.Key.ShortId}: {Count(all, SigningResult.SignedNow)} signed, {Count(all, SigningResult.SignedBefore)} signed before, {Count(all, SigningResult.Refused)} refused.");
        if (all.Exists(one => one.Version.Result == SigningResult.SignedNow))
            report.Line("Servers that rejected one of them retry it automatically within five minutes.");
        refused.AddRange(all.Where(one => one.Version.Result == SigningResult.Refused).Select(one => one.Model));
        if (refused.Count > 0)
            throw new RefusedException(
                $"Not everything was signed, see above: a version or the history of '{refused[0]}' is not as registered. Restore it from a backup, or leave it; for details, run ./build.sh --target=History --verify{environment.Argument}");
    }

    private static int Count(List<(string, SignedVersion Version)> all, SigningResult result) => all.Count(one => one.Version.Result == result);

    private static string Describe(SigningResult result, string? reason) => result switch
    {
        SigningResult.SignedNow => "signed",
        SigningResult.SignedBefore => "signed before",
        _ => $"NOT SIGNED: {reason}",
    };
}
