using Slipway.Benchmarks.Reports;

namespace Slipway.Benchmarks.Training;

/// <summary>Trains one table next to scikit-learn: for sizes that take too long for every benchmark.</summary>
public static class TrainingProgram
{
    public static async Task RunAsync(string trainer, string peers, SyntheticTable table, TextWriter output)
    {
        var work = Directory.CreateTempSubdirectory("slipway-training-");
        try
        {
            var contest = new TrainingContest(trainer, peers, work.FullName, TimeProvider.System);
            await output.WriteLineAsync(string.Join(" | ", TrainingTable.Columns));
            foreach (var row in TrainingTable.Rows([await contest.CompareAsync(table, CancellationToken.None)]))
                await output.WriteLineAsync(string.Join(" | ", row));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
