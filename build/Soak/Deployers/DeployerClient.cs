using System.Diagnostics;
using Slipway.Registry;

namespace Slipway.Soak.Deployers;

/// <summary>A process that requests deployments. It exits when its input ends, so it does not outlive the soak.</summary>
public sealed class DeployerClient : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly TimeProvider _time;

    /// <param name="ignoresConditions">Whether its store ignores the conditions of writes.</param>
    public DeployerClient(string store, bool ignoresConditions, TimeProvider time)
    {
        _time = time;
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(DeployerClient).Assembly.Location, "deployer", store, ignoresConditions ? "unconditional" : "conditional"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Requests the rollout of a release.</summary>
    public async Task<DeployerAnswer> RequestAsync(string gateway, string release, CancellationToken cancellation)
    {
        using var deadline = new Deadline(Timeout, _time, cancellation);
        await _process.StandardInput.WriteLineAsync($"{gateway} {release}".AsMemory(), deadline.Token);
        await _process.StandardInput.FlushAsync(deadline.Token);
        return DeployerAnswer.Of(await _process.StandardOutput.ReadLineAsync(deadline.Token));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Timeout, _time);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
