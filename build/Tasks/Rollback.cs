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
        var environment = context.OpenEnvironment();
        using var held = environment.Lock(nameof(Rollback));
        var rollback = new LocalRollback(environment, context.Report, context.By, context.Value(Arguments.Reason));
        var version = context.Number(Arguments.To);
        var model = version is null && context.Value(Arguments.Model) is null
            ? null
            : await context.RegisteredModelAsync(environment, CancellationToken.None);
        if (version is { } to)
            await rollback.ToVersionAsync(model!, to, CancellationToken.None);
        else
            await rollback.LastChangeAsync(model, CancellationToken.None);
    }
}
