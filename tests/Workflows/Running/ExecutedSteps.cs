using System.Collections.Concurrent;
using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Workflows.Tests.Running;

/// <summary>The <c>run:</c> steps that scenarios have executed.</summary>
internal static class ExecutedSteps
{
    private static readonly ConcurrentDictionary<string, bool> All = new();

    public static void Add(YamlValue run) => All[Place(run)] = true;

    public static IEnumerable<string> Missing(WorkflowFiles files) => files.Steps.Select(step => step.Run).OfType<YamlValue>().Select(Place).Except(All.Keys);

    private static string Place(YamlValue run) => $"{run.File.Path}:{run.Line} {run.Text?.Trim()}";
}
