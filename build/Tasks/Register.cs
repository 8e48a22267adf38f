using Slipway.Automation.Jobs;
using Slipway.Build.Cli;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Training;

namespace Slipway.Build.Tasks;

[TaskDescription("Imports a model that was trained elsewhere from an ONNX file: verifies it, evaluates it, and publishes it if the gates pass.")]
[IsDependentOn(typeof(BuildRelease))]
[Takes(nameof(Arguments.Environment))]
[Takes(nameof(Arguments.Model), Required = true)]
[Takes(nameof(Arguments.Onnx), Required = true)]
[Takes(nameof(Arguments.Golden), Required = true)]
[Takes(nameof(Arguments.Dataset))]
public sealed class Register : AsyncFrostingTask<BuildContext>
{
    public override async Task RunAsync(BuildContext context)
    {
        using var stop = new StopSignal();
        await stop.RunAsync(token => RunAsync(context, token), "Stopped before the end.");
    }

    private static async Task RunAsync(BuildContext context, CancellationToken cancellation)
    {
        var imported = new ImportedModel(context.Content(Arguments.Onnx), context.Content(Arguments.Golden));
        var environment = await context.Environments.OpenAsync(cancellation);
        await environment.AloneAsync(nameof(Register), context.By, context.Report, alone => RunAsync(context, environment, imported, alone), cancellation);
    }

    private static async Task RunAsync(BuildContext context, SlipwayEnvironment environment, ImportedModel imported, CancellationToken cancellation)
    {
        var training = new ModelTraining(environment, context.Releases.Trainer(environment), context.Report);
        try
        {
            var version = await training.RegisterAsync(context.Models.Folder, context.ExistingFile(Arguments.Dataset), imported, cancellation);
            await context.Report.ShowPublishedAsync(environment, context.Models.Name, version, cancellation);
        }
        finally
        {
            await context.Job.SummarizeTrainingAsync(environment, training.Outcomes, context.Paths, cancellation);
        }
    }
}
