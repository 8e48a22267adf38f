using Slipway.Build.Cli;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Rollouts;
using Slipway.Registry;

namespace Slipway.Build.Tasks;

[TaskDescription("Shows who moved which model's channels, when and why, or what was live at a time, and verifies that the record is unmodified.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.RegisteredModel))]
[Takes(nameof(Arguments.At))]
[Takes(nameof(Arguments.Verify))]
public sealed class History : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = await context.Environments.OpenAsync(CancellationToken.None);
        var models = context.Value(Arguments.Model) is null
            ? await environment.Versions.ModelsAsync(CancellationToken.None)
            : [await context.Models.RegisteredAsync(environment, CancellationToken.None)];
        using var report = context.Summarized($"History in {environment.Name}");
        if (models.Count == 0)
            report.Line($"No model is registered yet. Start with ./build.sh --target=Deploy{environment.Argument}");

        var tampered = new List<string>();
        foreach (var model in models)
            if (!await report.ShowHistoryAsync(environment, model, context.Instant(Arguments.At), context.IsSet(Arguments.Verify), CancellationToken.None))
                tampered.Add(model);
        if (context.Instant(Arguments.At) is null)
            await report.ShowRolloutsAsync(environment, context.Value(Arguments.RegisteredModel), CancellationToken.None);
        if (tampered.Count > 0)
            throw new SlipwayException(
                $"The records of {string.Join(" and ", tampered.Select(model => $"'{model}'"))} were modified, see above: somebody changed the store by hand.");
    }
}
