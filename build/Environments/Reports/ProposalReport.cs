using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Training;

namespace Slipway.Build.Environments.Reports;

/// <summary>What to do with a new model.json.</summary>
public static class ProposalReport
{
    /// <param name="path">The displayed path of the model.json.</param>
    public static void ShowProposed(this IProgressReport report, ModelFolder model, string path)
    {
        report.Close($"Wrote {path}: review it, adjust what you know better, and train it with");
        report.Close($"./build.sh --target=Train --model={model.Name}");
    }
}
