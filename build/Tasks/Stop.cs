using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;

namespace Slipway.Build.Tasks;

[TaskDescription("Stops everything in the local environment. The store is kept; Deploy starts everything again.")]
[Takes(nameof(Arguments.Environment))]
public sealed class Stop : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = context.Environments.OpenLocal(nameof(Stop), "there, Terraform takes things away: terraform destroy, as docs/operations.md has it.");
        using var held = environment.Lock(nameof(Stop));
        var running = environment.Fleet.AllRunning().ToList();
        await context.Report.StepAsync("Stop gateway, blue and green", _ => environment.Fleet.StopAllAsync(CancellationToken.None));
        if (running.Exists(service => service.Container is not null))
            environment.EndLostTraining();
        context.Report.Line(running.Count == 0
            ? "Nothing was running."
            : $"Stopped {string.Join(", ", running.Select(service => $"{service.Name} ({service.Place})"))}.");
    }
}
