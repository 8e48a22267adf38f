using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Training;

namespace Slipway.Build.Tasks;

[TaskDescription("Profiles a CSV file, trains a first model, and writes a commented model.json with columns, trainer and gates.")]
[IsDependentOn(typeof(BuildRelease))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.NewModel), Required = true)]
[Takes(nameof(Arguments.NewDataset), Required = true)]
[Takes(nameof(Arguments.Label), Required = true)]
[Takes(nameof(Arguments.Task))]
public sealed class NewModel : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        var dataset = context.ExistingFile(Arguments.NewDataset)!;
        var environment = context.Environments.OpenLocal(nameof(NewModel), "create the model here, review it, then deploy it there.");
        using var held = environment.Lock(nameof(NewModel));
        var model = context.Models.NewFolder;
        var proposal = new ModelProposal(environment, context.Releases.Add(environment, Paths.Trainer), context.Report);
        await proposal.WriteAsync(model, dataset, context.Required(Arguments.Label), context.Value(Arguments.Task), CancellationToken.None);
        context.Report.ShowProposed(model, context.Paths.Relative(model.SpecPath));
    }
}
