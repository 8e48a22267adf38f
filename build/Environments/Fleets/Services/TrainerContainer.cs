using Slipway.Automation.Local;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>The trainer in a container, started the way SageMaker does: with the argument <c>train</c>, and its folder under <c>/opt/ml</c>.</summary>
public sealed class TrainerContainer(LocalContainers containers, string image, TimeSpan timeout, TimeProvider time) : ITrainerProgram
{
    /// <summary>The name of its container within an environment.</summary>
    public const string Name = "training";

    private const string Root = "/opt/ml";

    public async Task<TrainerEnd> RunToEndAsync(string root, Action<string> output, CancellationToken cancellation)
    {
        // only one job at a time runs in an environment: a container of this name was left behind by a command that died
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
