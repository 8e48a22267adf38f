using Slipway.Build.Cli.Soaking;
using Slipway.Soak.Fleet;

namespace Slipway.Soak;

/// <summary>What a row works with.</summary>
/// <param name="Work">An empty folder of its own, which is removed afterwards.</param>
public sealed record SoakContext(SoakRequest Request, SoakPlan Plan, string Work, SoakFleet? Deployed, TimeProvider Time)
{
    /// <summary>Two servers and two gateways under this machine's full load.</summary>
    public SoakFleet Fleet => Deployed ?? throw new InvalidOperationException("The row does not declare that it needs a fleet.");

    /// <summary>Random numbers that do not depend on which other rows run.</summary>
    public Random Random(string row) => new(HashOf(row) ^ Request.Seed);

    // string.GetHashCode differs from run to run
    private static int HashOf(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
