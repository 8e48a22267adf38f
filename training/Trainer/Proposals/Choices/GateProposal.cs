using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Trainer.Proposals.Text;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>Gates that the first model passes with a clear margin, and that chance does not.</summary>
/// <param name="Notes">The measured values, by metric.</param>
public sealed record GateProposal(GateSpec Spec, IReadOnlyDictionary<string, string> Notes)
{
    private const string Calibration = "expectedCalibrationError";

    private const double MinMargin = 0.05; // of the way from chance to what was measured
    private const double BetterThanNothing = 0.02; // of the way from chance to the best there can be, where nothing was found
    private const double Odds = 2.5; // by which shares of labels may move

    /// <param name="measured">Null if no trainer found anything.</param>
    /// <param name="chance">The metrics of a constant prediction.</param>
    public static GateProposal For(LabelChoice label, ModelMetrics? measured, DataMetrics data, IReadOnlyDictionary<string, double> chance, double mostMissing)
    {
        var metrics = new Dictionary<string, Bounds>(StringComparer.Ordinal);
        var champion = new Dictionary<string, ChampionGate>(StringComparer.Ordinal);
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Gated(label.Task, measured, chance))
        {
            var metric = measured?.Holdout.GetValueOrDefault(name);
            var bound = BoundOf(name, metric, chance[name]);
            metrics[name] = MetricDirection.LowerIsBetter(name) ? new(AtMost: bound) : new(AtLeast: bound);
            notes[name] = $"{(metric is null ? "" : $"[{NiceNumber.Text(metric.Value)}] ")}chance: {NiceNumber.Text(chance[name])}";
            if (metric is not null)
                champion[name] = new(Tolerance(metric, chance[name]));
        }

        if (measured?.Holdout.GetValueOrDefault(Calibration) is { } calibration)
        {
            metrics[Calibration] = new(AtMost: Math.Min(1, NiceNumber.Above(Math.Max(calibration.High ?? 0, calibration.Value + 0.02), 0.01)));
            notes[Calibration] = $"[{NiceNumber.Text(calibration.Value)}] well calibrated";
        }

        return new(new(
            metrics, champion.Count == 0 ? null : champion, Slices: null, Data(label, data, mostMissing),
            NiceNumber.Above(Math.Max(2000, 20 * measured?.LatencyMicroseconds ?? 0)),
            (long)NiceNumber.Above(Math.Max(1_000_000, 5.0 * measured?.OnnxBytes ?? 0))), notes);
    }

    /// <summary>Whether any metric is better than chance, by its whole interval.</summary>
    public static bool IsBetterThanChance(ModelTask task, ModelMetrics? measured, IReadOnlyDictionary<string, double> chance) =>
        Gated(task).Any(name => IsBetterThanChance(name, measured, chance));

    private static IReadOnlyList<string> Gated(ModelTask task) => task switch
    {
        ModelTask.Binary => ["averagePrecision", "auc"],
        ModelTask.Multiclass => ["accuracy", "macroF1"],
        _ => ["rmse", "r2"],
    };

    /// <summary>The metrics that are certainly better than chance: others might pass a gate by luck. If there are none, all that are defined.</summary>
    private static string[] Gated(ModelTask task, ModelMetrics? measured, IReadOnlyDictionary<string, double> chance)
    {
        string[] sure = [.. Gated(task).Where(name => IsBetterThanChance(name, measured, chance))];
        return sure.Length > 0 ? sure
            : [.. Gated(task).Where(name => double.IsFinite(chance[name]) && (measured is null || measured.Holdout.ContainsKey(name)))];
    }

    private static bool IsBetterThanChance(string name, ModelMetrics? measured, IReadOnlyDictionary<string, double> chance) =>
        measured?.Holdout.GetValueOrDefault(name) is { } metric && Gain(name, Far(name, metric), chance[name]) > 0;

    /// <summary>At the far end of the interval, or slightly closer to chance, but never as bad as chance.</summary>
    private static double BoundOf(string name, Metric? metric, double chance)
    {
        var lower = MetricDirection.LowerIsBetter(name);
        var gain = metric is null ? 0 : Gain(name, metric.Value, chance);
        if (gain <= 0)
            return lower
                ? NiceNumber.Below(chance * (1 - BetterThanNothing), NiceNumber.Step(chance) / 100)
                : NiceNumber.Above(chance + (BetterThanNothing * (1 - chance)), NiceNumber.Step(1 - chance) / 100);

        var margin = Math.Clamp(Gain(name, metric!.Value, Far(name, metric)), MinMargin * gain, (1 - (2 * MinMargin)) * gain);
        for (var step = NiceNumber.Step(margin); ; step /= 10)
        {
            var bound = lower ? NiceNumber.Above(metric.Value + margin, step) : NiceNumber.Below(metric.Value - margin, step);
            if (Gain(name, bound, chance) > MinMargin * gain)
                return bound;
        }
    }

    /// <summary>By how much one value is better than another.</summary>
    private static double Gain(string name, double value, double than) => MetricDirection.LowerIsBetter(name) ? than - value : value - than;

    private static double Far(string name, Metric metric) =>
        (MetricDirection.LowerIsBetter(name) ? metric.High : metric.Low) ?? metric.Value;

    private static double Tolerance(Metric metric, double chance)
    {
        var half = ((metric.High ?? metric.Value) - (metric.Low ?? metric.Value)) / 2;
        var loss = Math.Max(half, 0.02 * Math.Abs(metric.Value - chance));
        return loss > 0 ? NiceNumber.Above(loss, NiceNumber.Step(loss)) : 0;
    }

    private static DataGate Data(LabelChoice label, DataMetrics data, double mostMissing)
    {
        var half = label.Summary.Rows / 2.0;
        var gate = new DataGate((long)NiceNumber.Below(half, NiceNumber.Step(half) / 10), Math.Min(1, NiceNumber.Above(mostMissing + 0.05, 0.05)));
        double Share(string word) => (double)label.Summary.Values![word] / label.Summary.Rows;
        return label.Task switch
        {
            ModelTask.Binary => gate with { LabelRate = Around(Share(label.Positive!), Share(label.Positive!)) },
            ModelTask.Multiclass => gate with { ClassRate = Around(label.Summary.Values!.Keys.Min(Share), label.Summary.Values!.Keys.Max(Share)) },
            _ when data.LabelValues is { } values => gate with { LabelMean = Around(values) },
            _ => gate,
        };
    }

    private static Bounds Around(double least, double most)
    {
        var low = least / (least + (Odds * (1 - least)));
        var high = Odds * most / ((Odds * most) + 1 - most);
        return new(NiceNumber.Below(low, NiceNumber.Step(low) / 10), Math.Min(1, NiceNumber.Above(high, 0.01)));
    }

    private static Bounds Around(NumberSummary values)
    {
        var half = values.StandardDeviation / 2;
        var step = NiceNumber.Step(half);
        return new(NiceNumber.Below(values.Mean - half, step), NiceNumber.Above(values.Mean + half, step));
    }
}
