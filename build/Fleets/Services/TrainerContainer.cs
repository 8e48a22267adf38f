using Slipway.Automation;

namespace Slipway.Build;

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

        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var run = containers.Run(image, name, ["train"], [new(root, Root)]) with { Network = "none", HealthCheck = false };
        try
        {
            return TrainerEnd.Of(root, await Task.Run(() => containers.Docker(either.Token).Run(run, output), CancellationToken.None));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return TrainerEnd.Late(timeout);
        }
    }
}
