using Slipway.Automation.Monitoring.Domains;
using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;

namespace Slipway.Build.Tasks;

[TaskDescription("Compares the last day's predictions of each model with its training data by all columns together, and shows the drift that the gateway found by column.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.RegisteredModel))]
public sealed class Drift : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the end. What was compared is in the store; run it again to compare the rest.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var environment = await context.Environments.OpenAsync(cancellation);
        var models = context.Value(Arguments.RegisteredModel) is null
            ? await environment.Versions.ModelsAsync(cancellation)
            : [await context.Models.RegisteredAsync(environment, cancellation)];
        using var report = context.Summarized($"Drift in {environment.Name}");
        await report.ShowDriftAsync(environment.Store, environment.Time, environment.Argument, cancellation);
        if (models.Count == 0)
            report.Line($"No model is registered yet. Start with ./build.sh --target=Deploy{environment.Argument}");
        foreach (var model in models)
        {
            var verdict = await context.Report.StepAsync(
                $"Compare the last day of {model} with its training data",
                step => new DomainMonitoring(environment.Store, new DomainClassifier(), environment.Time).RunAsync(model, cancellation));
            report.ShowDomain(model, verdict, environment.Argument);
        }
    }
}
