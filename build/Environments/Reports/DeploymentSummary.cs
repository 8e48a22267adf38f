using System.Globalization;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output.Charts;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Reports;

/// <summary>What is running after a deployment, for the summary of a workflow run.</summary>
public static class DeploymentSummary
{
    /// <param name="before">The traffic that was requested before; null if there was none.</param>
    public static async Task SummarizeDeploymentAsync(
        this WorkflowJob job, SlipwayEnvironment environment, DeploymentResult result, DesiredTraffic? before, CancellationToken cancellation)
    {
        if (!job.IsRunning)
            return;
        var split = (await environment.Traffic.StateAsync(cancellation))?.Split ?? TrafficSplit.All(result.Live);
        var colors = new List<DeployedColor>();
        foreach (var color in Colors.All)
        {
            var models = new List<string>();
            foreach (var model in await environment.Versions.ModelsAsync(cancellation))
                if ((await environment.Channels.GetAsync(model, color, cancellation))?.Value is { } pointer)
                    models.Add($"{model} version {pointer.Version.ToString(CultureInfo.InvariantCulture)}");
            colors.Add(new(color, split.Of(color), models));
        }

        job.Summarize(Report(environment.Name, result, colors));
        job.Output("url", result.Url);
        // reports to a later step that traffic can be rolled back; after a first deployment there is nothing to roll back to
        job.Output("moved", before is not null && (await environment.Traffic.ReadAsync(cancellation))?.Revision != before.Revision ? "true" : "false");
    }

    public static Section Report(string environment, DeploymentResult result, IReadOnlyList<DeployedColor> colors)
    {
        var live = colors.Single(color => color.Color == result.Live);
        return new($"Deployed to {environment}",
        [
            Table.Pairs(
            [
                new("live", result.Live.Word()), new("release", result.Release), new("gateway", result.Url),
                new("models", live.Models.Count == 0 ? "none" : string.Join(", ", live.Models)), .. result.Where,
            ]),
            .. result.Gaps.Select(gap => new Paragraph(RichText.Of($"{TextRun.Strong("Missing:")} {gap.What}"))),
            new Flowchart(
                [new(["callers"]), new(["gateway", result.Url]), .. colors.Select(color => new FlowNode(Box(color, result), color == live))],
                [new(0, 1, "", Strong: true), .. colors.Index().Select(color => new FlowArrow(1, color.Index + 2, $"{color.Item.Percent.ToString(CultureInfo.InvariantCulture)} %", color.Item.Percent > 0))]).ToFigure(),
        ]);
    }

    private static IReadOnlyList<string> Box(DeployedColor color, DeploymentResult result) => color.Color == result.Live
        ? [$"{color.Color.Word()}, live", $"release {result.Release}", .. color.Models]
        : [color.Color.Word(), .. color.Models];
}

/// <param name="Percent">The percentage of traffic.</param>
/// <param name="Models">What its channels point to, for people.</param>
public sealed record DeployedColor(Color Color, int Percent, IReadOnlyList<string> Models);
