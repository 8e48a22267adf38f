using Slipway.Benchmarks.Machine;
using Slipway.Build.Cli;
using Slipway.Registry;
using Slipway.Soak.Rows;

namespace Slipway.Soak;

/// <summary>All results of a soak: <c>artifacts/soak/soak.json</c>.</summary>
/// <param name="Plan"><c>full</c> or <c>quick</c>.</param>
/// <param name="IsComplete">Whether every row was requested.</param>
public sealed record SoakFindings(string Plan, bool IsComplete, MachineFacts Machine, int Seed, double Seconds, IReadOnlyList<RowFinding> Rows)
{
    /// <summary>What the exit code says: a broken bound is a result, and a row that ended with an error is none.</summary>
    /// <exception cref="RefusedException">A bound is broken.</exception>
    /// <exception cref="SlipwayException">A row ended with an error.</exception>
    public void Require()
    {
        var broken = Rows.Where(row => row.Verdict == RowVerdict.Broken).ToList();
        var failed = Rows.Where(row => row.Verdict == RowVerdict.Error).ToList();
        var text = string.Join("\n", broken.Concat(failed).Select(row => $"{row.Name}: {row.Reason}"));
        if (broken.Count > 0)
            throw new RefusedException($"{broken.Count} of {Rows.Count} rows break their bounds.\n{text}");
        if (failed.Count > 0)
            throw new SlipwayException($"{failed.Count} of {Rows.Count} rows ended with an error.\n{text}");
    }
}
