using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Training;

namespace Slipway.Build.Environments.Reports;

/// <summary>What a person does with a new model.json.</summary>
public static class ProposalReport
{
    /// <param name="path">Of the model.json, as it is shown.</param>
    public static void ShowProposed(this IProgressReport report, ModelFolder model, string path)
    {
        report.Close($"Wrote {path}: read it, change what you know better, and train it with");
        report.Close($"./build.sh --target=Train --model={model.Name}");
    }
}
