using System.Globalization;
using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Build.Workflows.Lint;

/// <summary>Runs ShellCheck on the script of every step, and maps its findings to positions in the workflow.</summary>
public sealed class ShellSteps(ShellCheckTool shellCheck)
{
    public IReadOnlyList<WorkflowFinding> Check(WorkflowFiles files)
    {
        var runs = files.Steps.Select(step => step.Run).OfType<YamlValue>().Where(run => run.Text is not null).ToList();
        if (runs.Count == 0)
            return [];
        var folder = Directory.CreateTempSubdirectory("slipway-shell-");
        try
        {
            var scripts = runs.Select((run, index) => Write(folder.FullName, index, run)).ToList();
            return [.. shellCheck.Check(scripts).Select(remark => Finding(runs[scripts.IndexOf(remark.File)], remark))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Write(string folder, int index, YamlValue run)
    {
        var script = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{index}.sh"));
        File.WriteAllText(script, run.Text);
        return script;
    }

    private static WorkflowFinding Finding(YamlValue run, ShellRemark remark)
    {
        var (line, column) = run.IsBlock ? (run.Start.Line + remark.Line, Indent(run) + remark.Column) : (run.Start.Line, run.Start.Column + remark.Column - 1);
        return new(run.File.Path, line, column, $"shellcheck:SC{remark.Code}", remark.Message);
    }

    private static int Indent(YamlValue run) => run.File.Line(run.Start.Line + 1) is var first ? first.Length - first.TrimStart().Length : 0;
}
