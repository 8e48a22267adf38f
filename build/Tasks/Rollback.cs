namespace Slipway.Build;

[TaskDescription("Undoes what changed last, traffic or a model's version, and says which; or takes a model back to a version.")]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.RegisteredModel))]
[Takes(nameof(Arguments.To))]
[Takes(nameof(Arguments.Reason))]
public sealed class Rollback : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the rollback was done. Status and History tell how far it came.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var environment = await context.OpenEnvironmentAsync(cancellation);
        var rollback = new EnvironmentRollback(environment, context.Report, context.By, context.Value(Arguments.Reason));
        if (context.Number(Arguments.To) is { } version)
            await rollback.ToVersionAsync(await context.RegisteredModelAsync(environment, cancellation), version, cancellation);
        else if (context.Value(Arguments.RegisteredModel) is null)
            await rollback.LastChangeAsync(model: null, cancellation);
        else
            await rollback.LastChangeAsync(await context.RegisteredModelAsync(environment, cancellation), cancellation);
    }
}
