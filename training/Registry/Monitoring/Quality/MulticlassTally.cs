using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>Of a multiclass model: everything is exact.</summary>
internal sealed class MulticlassTally : QualityTally
{
    private readonly int _classes, _value, _confusion;
    private readonly PredictionValue? _ofPrediction;

    public MulticlassTally(int classes, PredictionValue? value) : base(MulticlassSums.LengthOf(classes) + 2 + (classes * classes)) =>
        (_classes, _ofPrediction, _value, _confusion) = (classes, value, MulticlassSums.LengthOf(classes), MulticlassSums.LengthOf(classes) + 2);

    public override double Labels => Exact.Count;

    /// <summary>The value of 1,000 predictions; null if the spec gives none.</summary>
    public double? MeanValue => _ofPrediction is null ? null : PredictionValue.Predictions * Sums[_value] / Labels;

    private MulticlassSums Exact => new(Sums, 0, _classes);

    public override void Add(ReadOnlySpan<float> outputs, double label) => Add(outputs, (int)label, 1);

    /// <param name="weight">The probability of this label, if it is not known.</param>
    public void Add(ReadOnlySpan<float> outputs, int label, double weight)
    {
        if (outputs.Length != _classes || label < 0 || label >= _classes || weight == 0)
            return;
        foreach (var output in outputs)
            if (!float.IsFinite(output))
                return;
        var decision = MulticlassScores.Decide(outputs);
        var (logLoss, squares) = MulticlassScores.Losses(outputs, label);
        Exact.Add(label, decision, Math.Clamp(outputs[decision], 0, 1), logLoss, squares, weight);
        Sums[_confusion + (label * _classes) + decision] += weight;
        if (_ofPrediction is null)
            return;
        var one = _ofPrediction.OfDecision(label, decision);
        Sums[_value] += weight * one;
        Sums[_value + 1] += weight * one * one;
    }

    /// <summary>In the order of <see cref="MetricNames.Multiclass"/>.</summary>
    public double[] Measure()
    {
        var sums = Exact;
        return [sums.Right / sums.Count, sums.MacroF1(), sums.MacroPrecision(), sums.MacroRecall(), sums.LogLoss / sums.Count, sums.Squares / sums.Count, sums.CalibrationError()];
    }

    public override IReadOnlyDictionary<string, Metric> ToMetrics()
    {
        var (sums, measured) = (Exact, Measure());
        var macro = CountBootstrap.Intervals(Sums[_confusion..], MacroOf);
        var calibration = Calibration();
        var metrics = new Dictionary<string, Metric>(StringComparer.Ordinal);
        TallyIntervals.AddTo(metrics, "accuracy", TallyIntervals.Proportion(sums.Right, sums.Count));
        foreach (var (name, i) in new[] { ("macroF1", 1), ("macroPrecision", 2), ("macroRecall", 3) })
            TallyIntervals.AddTo(metrics, name, new(measured[i], macro[i - 1].Low, macro[i - 1].High));
        TallyIntervals.AddTo(metrics, "logLoss", TallyIntervals.Mean(sums.LogLoss, sums.LogLossSquares, sums.Count));
        TallyIntervals.AddTo(metrics, "brier", TallyIntervals.Mean(sums.Squares, sums.SquaresSquares, sums.Count));
        TallyIntervals.AddTo(metrics, "expectedCalibrationError", new(measured[6], calibration.Low, calibration.High));
        if (_ofPrediction is not null)
            TallyIntervals.AddTo(metrics, MetricNames.Value, TallyIntervals.Value(Sums[_value], Sums[_value + 1], sums.Count));
        return metrics;
    }

    private double[] MacroOf(double[] confusion)
    {
        var sums = new MulticlassSums(new double[MulticlassSums.LengthOf(_classes)], 0, _classes);
        for (var label = 0; label < _classes; label++)
            for (var decision = 0; decision < _classes; decision++)
                sums.AddDecision(label, decision, confusion[(label * _classes) + decision]);
        return [sums.MacroF1(), sums.MacroPrecision(), sums.MacroRecall()];
    }

    private Interval Calibration()
    {
        var bins = Exact.Calibration().ToList();
        return CountBootstrap.Intervals([.. bins.SelectMany(bin => new[] { bin.Right, bin.Rows - bin.Right })], counts =>
        {
            var difference = 0.0;
            for (var i = 0; i < bins.Count; i++)
                difference += Math.Abs(((counts[2 * i] + counts[(2 * i) + 1]) * bins[i].Confidence) - counts[2 * i]);
            return [difference / counts.Sum()];
        })[0];
    }
}
