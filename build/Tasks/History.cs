namespace Slipway.Build;

[TaskDescription("Shows who moved which model's channels when and why, and checks that nobody changed that record.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Model))]
public sealed class History : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var environment = context.OpenEnvironment();
        var models = context.Value(Arguments.Model) is { } one ? [one] : await environment.Versions.ModelsAsync(CancellationToken.None);
        foreach (var model in models)
            await context.Report.ShowHistoryAsync(environment, model, CancellationToken.None);
        if (models.Count == 0)
            context.Report.Line("No model is registered yet. Start with ./build.sh --target=Deploy");
    }
}
