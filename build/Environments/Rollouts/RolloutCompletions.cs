using Slipway.Automation.Rollouts;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Signing;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>Completes what rollouts of models have left to do, whichever command began them.</summary>
public static class RolloutCompletions
{
    public static RolloutCompletion Completion(this SlipwayEnvironment environment, IProgressReport report) => new(
        environment.Store, environment.Traffic, environment.Signatures, environment.Time, report.Line, SignerOf(environment, report));

    /// <summary>Moves the channels to what the last rollout has come to, if nobody has done so yet.</summary>
    public static async Task CompleteRolloutAsync(this IProgressReport report, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var completion = environment.Completion(report);
        await environment.WaitForCompletionAsync(completion, report, cancellation);
        var done = await completion.CompleteAsync(
            (model, version, token) => environment.WaitUntilServingAsync(model, version, report, token), cancellation);
        if (done is not null)
            report.Line(done);
    }

    // an urgent rollback must not fail because a key is missing
    internal static IManifestSigner? SignerOf(SlipwayEnvironment environment, IProgressReport report)
    {
        try
        {
            return environment.MoveSigner;
        }
        catch (SlipwayException e)
        {
            report.Line($"This move will not be signed in the history. {e.Message}");
            return null;
        }
    }
}
