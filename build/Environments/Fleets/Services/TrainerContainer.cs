using Slipway.Automation.Local;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>The trainer in a container, which SageMaker would start the same way: the one word, and the folder under <c>/opt/ml</c>.</summary>
public sealed class TrainerContainer(LocalContainers containers, string image, TimeSpan timeout, TimeProvider time) : ITrainerProgram
{
    /// <summary>What its container is called within an environment.</summary>
    public const string Name = "training";

    private const string Root = "/opt/ml";

    public async Task<TrainerEnd> RunToEndAsync(string root, Action<string> output, CancellationToken cancellation)
    {
        // one job at a time works in an environment: what bears the name was left by a command that died
        var name = containers.NameOf(Name);
        containers.Docker(CancellationToken.None).Remove(name);

        using var deadline = new Deadline(timeout, time, cancellation);
        var run = containers.Run(image, name, ["train"], [new(root, Root)]) with { Network = "none", HealthCheck = false };
        try
        {
            return TrainerEnd.Of(root, await Task.Run(() => containers.Docker(deadline.Token).Run(run, output), CancellationToken.None));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return TrainerEnd.Late(timeout);
        }
    }
}
