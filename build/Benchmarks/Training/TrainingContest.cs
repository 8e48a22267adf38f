using System.Globalization;
using System.Text.Json;
using Slipway.Automation.Local;
using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Machine;
using Slipway.Build.Cli.Output;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Rows;
using Slipway.Trainer.Candidates;

namespace Slipway.Benchmarks.Training;

/// <summary>Trains boosted trees on the same rows, with the same settings, by a whole training job and by scikit-learn's HistGradientBoosting.</summary>
/// <param name="trainer">The assembly of the trainer.</param>
/// <param name="peers">The folder with the programs of the baselines.</param>
/// <param name="work">A folder for the tables; what it writes there is removed.</param>
public sealed class TrainingContest(string trainer, string peers, string work, TimeProvider time)
{
    private const string Peer = "scikit-learn HistGradientBoosting";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    private readonly PeerProgram _python = new(["sklearn", "pandas"]);

    /// <inheritdoc cref="CompareAsync"/>
    public async Task<IReadOnlyList<TrainingComparison>> RunAsync(IReadOnlyList<SyntheticTable> tables, IProgressStep step, CancellationToken cancellation)
    {
        var comparisons = new List<TrainingComparison>();
        foreach (var table in tables)
        {
            step.Now(FormattableString.Invariant($"{table.Rows:#,0} rows, {table.Columns} columns"));
            comparisons.Add(await CompareAsync(table, cancellation));
        }

        return comparisons;
    }

    /// <exception cref="SlipwayException">One of the two failed.</exception>
    public async Task<TrainingComparison> CompareAsync(SyntheticTable table, CancellationToken cancellation)
    {
        var root = Path.Combine(work, string.Create(CultureInfo.InvariantCulture, $"training-{table.Rows}-{table.Columns}"));
        try
        {
            var dataset = Prepare(root, table);
            return new(
                table.Rows, table.Columns, new FileInfo(dataset).Length, await TrainAsync(root, cancellation), Peer, await TrainPeerAsync(root, dataset, table, cancellation), _python.InstallHint);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Prepare(string root, SyntheticTable table)
    {
        var dataset = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "input", "data", "training")).FullName, "table.csv");
        using (var file = File.Create(dataset))
            table.Write(file);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root, "input", "data", "spec")).FullName, ArtifactFiles.Spec), table.SpecJson());
        WriteSides(dataset, Path.Combine(root, "sides"));
        return dataset;
    }

    /// <summary>The side of each row, as one digit: the peer is trained and evaluated on the same ones.</summary>
    private static void WriteSides(string dataset, string path)
    {
        using var rows = CsvRows.Open(File.OpenRead(dataset), dataset);
        using var sides = new StreamWriter(path);
        var split = new RowSplit(new());
        int[] id = [0];
        while (rows.Read())
            sides.Write((int)split.SideOf(rows, id));
    }

    private async Task<TrainingResultFigures> TrainAsync(string root, CancellationToken cancellation)
    {
        double? fit = null;
        var started = time.GetTimestamp();
        var (end, peak) = await PeakMemory.WhileAsync(
            () => new TrainerProcess(trainer, Timeout, time).RunToEndAsync(root, line => fit = FitLine.SecondsOf(line) ?? fit, cancellation), time);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        if (end.Failure is { } failure)
            throw new SlipwayException($"The training job of the benchmark failed: {failure}");
        var metrics = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(root, "model", ArtifactFiles.Metrics), cancellation), RegistryJson.Default.ModelMetrics)!;
        return new(fit ?? throw new SlipwayException("The trainer did not print how long the fit took."), seconds, metrics.Holdout["auc"].Value, peak);
    }

    private async Task<TrainingResultFigures?> TrainPeerAsync(string root, string dataset, SyntheticTable table, CancellationToken cancellation)
    {
        if (!await ProgramRun.SucceedsAsync(_python.Proof, time, cancellation))
            return null;
        var settings = new[] { SyntheticTable.Trees, SyntheticTable.Leaves, SyntheticTable.RowsPerLeaf }.Select(number => number.ToString(CultureInfo.InvariantCulture));
        var command = _python.Command(
            Path.Combine(peers, "sklearn_training.py"), [dataset, Path.Combine(root, "sides"), SyntheticTable.Id, SyntheticTable.Label, .. settings]);
        var started = time.GetTimestamp();
        var (output, peak) = await PeakMemory.WhileAsync(() => ProgramRun.OutputAsync(command, Timeout, time, cancellation), time);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        using var json = JsonDocument.Parse(output);
        return new(json.RootElement.GetProperty("fitSeconds").GetDouble(), seconds, json.RootElement.GetProperty("auc").GetDouble(), peak);
    }
}
