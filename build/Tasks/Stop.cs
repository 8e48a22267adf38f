using Slipway.Registry;

namespace Slipway.Build;

[TaskDescription("Stops everything that runs in the local environment. The store stays; Deploy starts it all again.")]
[Takes("environment")]
public sealed class Stop : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = context.OpenLocalEnvironment();
        using var held = environment.Lock(nameof(Stop));
        var running = environment.Fleet.AllRunning().ToList();
        await context.Report.StepAsync("Stopping gateway, blue and green", async _ =>
        {
            await environment.Fleet.StopAllAsync(CancellationToken.None);
            return true;
        });
        context.Report.Line(running.Count == 0
            ? "Nothing was running."
            : $"Stopped {string.Join(", ", running.Select(service => $"{service.Name} (process {service.ProcessId})"))}.");
    }
}
