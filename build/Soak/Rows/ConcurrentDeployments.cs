using Slipway.Build.Cli.Output;
using Slipway.Soak.Deployers;

namespace Slipway.Soak.Rows;

/// <summary>Two processes request the rollout of two releases from the same gateway, at the same time.</summary>
public sealed class ConcurrentDeployments : ISoakRow
{
    public string Name => "concurrent-deployments";

    public string Fault => "Two processes deploy different releases to one gateway at the same time.";

    public string Bound => "Exactly one of each pair wins, the other is told so, and the store holds what the winner requested.";

    public bool NeedsFleet => false;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var pairs = context.Plan.Of(100, 20);
        var clashes = await CountAsync(context, ignoresConditions: false, pairs, step, cancellation);
        // the first time that both won is enough
        var control = await CountAsync(context, ignoresConditions: true, pairs, step, cancellation);
        return new(
            pairs, clashes, $"{pairs - clashes} of {pairs} pairs with one winner",
            new($"a store that ignores the conditions of writes has {control} of {pairs} pairs without exactly one winner", control > 0));
    }

    private static async Task<int> CountAsync(SoakContext context, bool ignoresConditions, int pairs, IProgressStep step, CancellationToken cancellation)
    {
        var store = Path.Combine(context.Work, ignoresConditions ? "control" : "store");
        await using var one = new DeployerClient(store, ignoresConditions, context.Time);
        await using var other = new DeployerClient(store, ignoresConditions, context.Time);
        var clashes = 0;
        for (var pair = 1; pair <= pairs; pair++)
        {
            step.Now($"pair {pair} of {pairs}");
            var gateway = $"pair-{pair}";
            var answers = await Task.WhenAll(one.RequestAsync(gateway, "release-1", cancellation), other.RequestAsync(gateway, "release-2", cancellation));
            if (!DeployerAnswer.IsOneWinner(answers, await DeployerProgram.RequestedAsync(store, gateway, context.Time, cancellation)))
                clashes++;
        }

        return clashes;
    }
}
