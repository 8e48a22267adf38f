using Slipway.Answers.ModelReports;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Costs;

namespace Slipway.Build.Environments.Reports;

/// <summary>Writes the report about a model to a file.</summary>
public static class ModelReportFile
{
    public static async Task WriteModelReportAsync(
        this IProgressReport report, SlipwayEnvironment environment, string model, string output, CancellationToken cancellation)
    {
        var context = new ReportContext(environment.Name, await SizeAsync(report, environment, cancellation), environment.Prices, environment.PriceRegion, environment.Time);
        var read = await report.StepAsync($"Read what '{environment.Name}' knows about '{model}'", step =>
            ModelReport.ReadAsync(environment.Store, environment.AllJobs, model, context, step.Now, cancellation));
        await File.WriteAllTextAsync(output, ModelReportPage.Of(read), cancellation);
        report.Line("Report (open in a browser):");
        report.Line(output);
    }

    // whoever may read the store may not be allowed to look at the servers, and the rest of the report does not need them
    private static async Task<ServingSize?> SizeAsync(IProgressReport report, SlipwayEnvironment environment, CancellationToken cancellation)
    {
        try
        {
            return await environment.ServingSizeAsync(cancellation);
        }
        catch (SlipwayException e)
        {
            report.Line($"Servers are not priced: {e.Message}");
            return null;
        }
    }
}
