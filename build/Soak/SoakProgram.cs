using Slipway.Benchmarks;
using Slipway.Benchmarks.Machine;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Cli.Soaking;
using Slipway.Soak.Fleet;
using Slipway.Soak.Reports;
using Slipway.Soak.Rows;

namespace Slipway.Soak;

/// <summary>Runs the rows in an environment of their own, shows the table and writes the result files.</summary>
public sealed class SoakProgram(SoakRequest request, IProgressReport report)
{
    private readonly Paths _paths = new(request.Root, request.Root);

    /// <exception cref="RefusedException">A bound is broken.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var rows = RowCatalog.Selected(RowCatalog.All, request.Row);
        await using var place = await BenchmarkPlace.OpenAsync(TargetNames.Soak, request.Folder, () => SoakFleet.Open(request, time), time);
        var machine = await report.StepAsync("Inspect the machine", _ => ThisMachine.InspectAsync(request.Source, time, cancellation));
        if (machine.Warning is { } warning)
            report.Line(warning);

        var run = new SoakRun(
            request, request.Quick ? SoakPlan.Quick : SoakPlan.Full, rows, token => SoakFleet.DeployAsync(request, _paths, place.Environment, report, token),
            Path.Combine(place.Environment.Folders.Work, "soak"), report, time);
        var findings = await run.RunAsync(machine, cancellation);
        SoakFiles.Write(new(_paths.SoakResults), findings);
        if (findings is { IsComplete: true, Plan: "full" })
            await ReliabilityPage.UpdateAsync(_paths.Reliability, findings, cancellation);
        report.Show(SoakTable.Of(findings));
        findings.Require();
    }
}
