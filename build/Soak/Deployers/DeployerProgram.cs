using Slipway.Automation.Rollouts;
using Slipway.Automation.Traffic;
using Slipway.Faults;
using Slipway.Faults.Rules;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Soak.Deployers;

/// <summary>Reads a gateway and a release a line, requests the rollout as Deploy does, and writes what came of it.</summary>
public static class DeployerProgram
{
    // no gateway carries it out
    private static readonly RolloutPlan Plan = new(
        "", Model: null, Version: null, Digest: "", [new(50)], Hold: TimeSpan.FromSeconds(1), MinRequests: 1, Bake: new(90), BakeTime: TimeSpan.FromSeconds(1),
        Deadline: TimeSpan.FromHours(1), new());

    public static async Task RunAsync(string folder, bool ignoresConditions, TextReader requests, TextWriter answers)
    {
        var script = new FaultScript(seed: 1);
        if (ignoresConditions)
            script.Add(new(FaultKind.IgnoredCondition));
        var store = new FaultInjectingStore(new DirectoryObjectStore(folder, TimeProvider.System), script, TimeProvider.System);
        while (await requests.ReadLineAsync() is { } line)
        {
            if (line.Split(' ') is not [var gateway, var release])
                throw new InvalidDataException($"A request is a gateway and a release, not '{line}'.");
            await answers.WriteLineAsync((await RequestAsync(new(store, gateway, TimeProvider.System), release)).ToLine());
            await answers.FlushAsync();
        }
    }

    /// <summary>The release whose rollout is requested in the store.</summary>
    public static async Task<string?> RequestedAsync(string folder, string gateway, TimeProvider time, CancellationToken cancellation) =>
        (await new DesiredTrafficStore(new DirectoryObjectStore(folder, time), gateway, time).ReadAsync(cancellation))?.Release;

    private static async Task<DeployerAnswer> RequestAsync(DesiredTrafficStore traffic, string release)
    {
        try
        {
            var asked = await traffic.RequestAsync(Color.Green, TrafficAction.Deploy, release, "soak", $"Deploy {release}.", CancellationToken.None, Plan with { Digest = release });
            return new(release, asked.IsNew, "");
        }
        catch (RolloutRunningException e)
        {
            return new(release, Won: false, e.Message);
        }
    }
}
