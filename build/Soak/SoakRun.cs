using Slipway.Benchmarks.Machine;
using Slipway.Build.Cli.Output;
using Slipway.Build.Cli.Soaking;
using Slipway.Registry;
using Slipway.Soak.Fleet;
using Slipway.Soak.Rows;

namespace Slipway.Soak;

/// <summary>Runs rows one after the other: each has the machine to itself.</summary>
/// <param name="deploy">Starts the fleet, when the first row needs it.</param>
/// <param name="work">A folder for the rows' own folders.</param>
public sealed class SoakRun(
    SoakRequest request, SoakPlan plan, IReadOnlyList<ISoakRow> rows, Func<CancellationToken, Task<SoakFleet>> deploy, string work, IProgressReport report, TimeProvider time)
{
    private SoakFleet? _fleet;

    public async Task<SoakFindings> RunAsync(MachineFacts machine, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var findings = new List<RowFinding>();
        foreach (var row in rows)
            findings.Add(await FindAsync(row, cancellation));
        return new(plan.Name, IsComplete: request.Row is null, machine, request.Seed, time.GetElapsedTime(started).TotalSeconds, findings);
    }

    private async Task<RowFinding> FindAsync(ISoakRow row, CancellationToken cancellation)
    {
        if (row.NeedsFleet)
            _fleet ??= await deploy(cancellation);
        var folder = Directory.CreateDirectory(Path.Combine(work, row.Name)).FullName;
        try
        {
            return await report.StepAsync($"{row.Name}: {row.Bound}", async step =>
            {
                var finding = await FindAsync(row, new(request, plan, folder, row.NeedsFleet ? _fleet : null, time), step, cancellation);
                if (finding.Verdict is RowVerdict.Broken or RowVerdict.Error)
                    step.Fail();
                step.Note(finding.Reason ?? finding.Figure);
                return finding;
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // a row that fails in its own way must not hide what the others find
    private async Task<RowFinding> FindAsync(ISoakRow row, SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        double Seconds() => time.GetElapsedTime(started).TotalSeconds;
        try
        {
            var result = await row.RunAsync(context, step, cancellation);
            return RowFinding.Of(row, result, Seconds());
        }
        catch (RowUnavailableException e)
        {
            return RowFinding.NotRun(row, RowVerdict.NotRun, e.Message, Seconds());
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            return RowFinding.NotRun(row, RowVerdict.Error, e is SlipwayException ? e.Message : e.ToString(), Seconds());
        }
    }
}
