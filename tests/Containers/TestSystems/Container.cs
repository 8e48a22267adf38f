using Slipway.Build.Images.Docker;
using Slipway.Containers.Tests.Engine;

namespace Slipway.Containers.Tests.TestSystems;

/// <summary>A container under the restrictions of production, on this machine's loopback. It ends with the test.</summary>
internal sealed class Container(string id) : IAsyncDisposable
{
    public string Id => id;

    public ContainerState State => TestSystem.Docker.FindContainer(id)!;

    public string Logs => string.Join('\n', TestSystem.Docker.Logs(id));

    public static ContainerRun Restricted(string image, params string[] command) => new(image, command)
    {
        Network = "host",
        User = "1654",
        MemoryLimit = 512,
        ProcessLimit = 256,
    };

    public static Container Start(ContainerRun run) => new(TestSystem.Docker.Start(run));

    public async Task<ContainerState> EndAsync()
    {
        await Wait.ForAsync(() => !State.Running, () => $"the container ends.\n{Logs}");
        return State;
    }

    /// <summary>Runs one more program in it.</summary>
    public async Task<int> ExecuteAsync(params string[] command) => (await Shell.TryAsync("docker", ["exec", id, .. command])).ExitCode;

    public ValueTask DisposeAsync()
    {
        TestSystem.Docker.Remove(id);
        return ValueTask.CompletedTask;
    }
}
