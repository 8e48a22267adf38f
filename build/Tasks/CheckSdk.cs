using Slipway.Build.Cli;
using Slipway.Build.Sdk;
using Slipway.Build.Workflows.Changes;

namespace Slipway.Build.Tasks;

[TaskDescription("Builds and tests against the complete public API of the official AWS packages, also where the package feed lacks them.")]
[Takes(nameof(Arguments.Base))]
public sealed class CheckSdk : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        if (context.Value(Arguments.Base) is { } reference && !ChangePolicy.TouchesSdk(context.Git.ChangedSince(reference)))
        {
            context.Report.Close($"Nothing that uses the AWS packages has changed since {reference}.");
            return;
        }

        if (SdkCheck.Official.Count == SdkService.All.Count)
        {
            context.Report.Close("The official AWS packages are in use: building and testing is the check.");
            return;
        }

        using var stop = new StopSignal();
        new SdkCheck(context, new(context.Paths.SdkCheck), stop.Token).Run();
        context.Report.Close("The solution compiles against the complete public API of the official AWS packages, and the tests that need only that API pass.");
    }
}
