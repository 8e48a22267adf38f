using Slipway.Build.Cli.Output;
using Slipway.Soak;
using Slipway.Soak.Rows;

namespace Slipway.Build.Tests.Soaking;

/// <summary>Findings with distinguishable values.</summary>
internal static class SoakFixture
{
    public static NegativeControl Found { get; } = new("a broken store", Found: true);

    public static RowResult Good { get; } = new(200, 0, "0 of 200 accepted", Found);

    public static SoakFindings Findings(params RowFinding[] rows) => new("full", IsComplete: true, Benchmarks.BenchmarkFixture.QuietMachine, 42, 90, rows);

    public static RowFinding Finding(string name, RowResult result) => RowFinding.Of(new FakeRow(name, (_, _) => Task.FromResult(result)), result, seconds: 3);
}

/// <summary>A row of a test, which this program does not list.</summary>
internal sealed class FakeRow(string name, Func<SoakContext, CancellationToken, Task<RowResult>> run) : ISoakRow
{
    public string Name => name;

    public string Fault => $"Fault of {name}.";

    public string Bound => $"Bound of {name}.";

    public bool NeedsFleet { get; init; }

    public Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation) => run(context, cancellation);
}
