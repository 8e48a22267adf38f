using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Containers.Tests.TestSystems;

/// <summary>A server from the model image, on a free port, that serves the store of these tests.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Container _container;

    private Server(Container container, string url, string replica) => (_container, Url, Replica) = (container, url, replica);

    public string Url { get; }

    public string Replica { get; }

    public Container Container => _container;

    public static async Task<Server> StartAsync(string color = "blue", int memory = 512)
    {
        var (url, replica) = ($"http://127.0.0.1:{Ports.Required(0)}", $"{color}-{Guid.NewGuid():n}"[..14]);
        var container = Container.Start(Container.Restricted(TestSystem.ModelImage, "serve") with
        {
            MemoryLimit = memory,
            Mounts = [new(TestSystem.Store.Folder, "/store")],
            Environment = new Dictionary<string, string>
            {
                ["SLIPWAY_Store"] = "/store",
                ["SLIPWAY_Url"] = url,
                ["SLIPWAY_Color"] = color,
                ["SLIPWAY_Replica"] = replica,
                ["SLIPWAY_Key"] = new string('k', 32),
                // one line, because an environment file of Docker takes no more
                ["SLIPWAY_TrustedKeys"] = TrainedStore.Signer.Key.ToPem().ReplaceLineEndings(" "),
            },
        });
        var server = new Server(container, url, replica);
        await Wait.ForAsync(server.IsReadyAsync, () => $"the server is ready.\n{container.Logs}");
        return server;
    }

    /// <exception cref="SlipwayException">An answer is not the golden one.</exception>
    public async Task CheckGoldenPredictionsAsync() =>
        await new PlainReport(TextWriter.Null, new Outcome(), TimeProvider.System).StepAsync("Check the golden sets", async step =>
            await new GoldenCheck(TestSystem.Store.Objects, areReachable: true).RunAsync([(await TestSystem.Store.HeartbeatAsync(Replica))!], step, CancellationToken.None));

    private async Task<bool> IsReadyAsync()
    {
        Assert.That(_container.State.Running, $"the server ended:\n{_container.Logs}");
        return (await TestSystem.Store.HeartbeatAsync(Replica))?.Ready == true;
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
