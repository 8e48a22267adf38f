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
        var environment = await context.OpenEnvironmentAsync(CancellationToken.None);
        var rollback = new EnvironmentRollback(environment, context.Report, context.By, context.Value(Arguments.Reason));
        if (context.Number(Arguments.To) is { } version)
            await rollback.ToVersionAsync(await context.RegisteredModelAsync(environment, CancellationToken.None), version, CancellationToken.None);
        else if (context.Value(Arguments.RegisteredModel) is null)
            await rollback.LastChangeAsync(model: null, CancellationToken.None);
        else
            await rollback.LastChangeAsync(await context.RegisteredModelAsync(environment, CancellationToken.None), CancellationToken.None);
    }
}
