using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Sdk;

namespace Slipway.Build.Tasks;

[TaskDescription("Builds and tests against the complete public API of the official AWS packages, also where the package feed lacks them.")]
[Takes(nameof(Arguments.IfChanged))]
public sealed class CheckSdk : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        if (SdkCheck.Official.Count == SdkService.All.Count)
        {
            context.Report.Close("The official AWS packages are in use: building and testing is the check.");
            return;
        }

        var use = new SdkUse(context.Paths.Root, context.Git.Files());
        var (hash, ifChanged) = (use.Hash(), context.IsSet(Arguments.IfChanged));
        if (ifChanged && hash == use.Recorded)
        {
            context.Report.Close($"Not checked again: nothing that uses the AWS packages has changed since the check that {SdkUse.Record} records.");
            return;
        }

        if (ifChanged)
            context.Report.Line($"The code that uses the AWS packages differs from what {SdkUse.Record} records as checked, so the check runs.");
        using var stop = new StopSignal();
        new SdkCheck(context, new(context.Paths.SdkCheck), stop.Token).Run();
        context.Report.Close("The solution compiles against the complete public API of the official AWS packages, and the tests that need only that API pass.");
        if (hash == use.Recorded)
            return;
        // with --if-changed, the run does not modify the tree
        if (ifChanged)
        {
            context.Report.Close($"To record that, run ./build.sh --target={nameof(CheckSdk)} and commit {SdkUse.Record}.");
            return;
        }

        use.Write(hash);
        context.Report.Close($"{SdkUse.Record} now records that. Commit it with the change.");
    }
}
