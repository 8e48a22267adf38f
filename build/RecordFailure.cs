using Cake.Core;
using Slipway.Build.Cli.Output;

namespace Slipway.Build;

/// <summary>Keeps the exception that stopped the run: the host prints its message and drops the rest.</summary>
public sealed class RecordFailure(Outcome outcome) : FrostingTeardown<BuildContext>
{
    public override void Teardown(BuildContext context, ITeardownContext info)
    {
        if (info.ThrownException is { } exception)
            outcome.Fail(exception);
    }
}
