using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// The metrics that predictions are expected to have, without their labels. For classifiers, a prediction counts under each label with its calibrated
/// probability (CBPE: confidence-based performance estimation). For regression, a tree estimates each error (DLE: direct loss estimation). Both hold if inputs
/// change, but not if what the inputs mean for the target does.
/// </summary>
public abstract class EstimateTally
{
    /// <summary>Predicted rows.</summary>
    public abstract double Rows { get; }

    /// <param name="estimator">Without flaw for this schema.</param>
    public static EstimateTally For(ModelSchema schema, PredictionValue? value, QualityEstimator estimator) => schema.Task switch
    {
        ModelTask.Binary => new OfBinary(new(schema.Threshold ?? throw new SlipwayException("The schema of a binary model has no threshold."), value), estimator.Calibrators?[0]),
        ModelTask.Multiclass => new OfMulticlass(new(schema.Output.Width, value), estimator.Calibrators),
        _ => new OfRegression(estimator.Errors ?? throw new SlipwayException("The estimator of a regression model has no errors."), value),
    };

    /// <param name="outputs">As wide as the model's output.</param>
    /// <param name="features">Encoded; empty if they are not known.</param>
    public abstract void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> features);

    /// <summary>By name, without those that are not defined.</summary>
    public abstract IReadOnlyDictionary<string, double> ToEstimates();

    public abstract void Add(TallySums stored);

    public abstract TallySums ToSums();

    private static Dictionary<string, double> Named(IReadOnlyList<string> names, double[] values, double? value)
    {
        var named = names.Zip(values).Where(one => double.IsFinite(one.Second)).ToDictionary(one => one.First, one => one.Second, StringComparer.Ordinal);
        if (value is { } finite && double.IsFinite(finite))
            named.Add(MetricNames.Value, finite);
        return named;
    }

    private sealed class OfBinary(BinaryTally tally, Calibrator? calibrator) : EstimateTally
    {
        public override double Rows => tally.Labels;

        public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> features)
        {
            if (!float.IsFinite(outputs[0]))
                return;
            var probability = Math.Clamp(calibrator?.Apply(outputs[0]) ?? outputs[0], 0, 1);
            tally.Add(outputs[0], probability, 1 - probability);
        }

        public override IReadOnlyDictionary<string, double> ToEstimates()
        {
            // that probabilities are calibrated is assumed here, so it cannot be estimated
            var estimated = Named(MetricNames.Binary, tally.Measure().Values, tally.MeanValue);
            estimated.Remove("expectedCalibrationError");
            return estimated;
        }

        public override void Add(TallySums stored) => tally.Add(stored);

        public override TallySums ToSums() => tally.ToSums();
    }

    private sealed class OfMulticlass(MulticlassTally tally, IReadOnlyList<Calibrator>? calibrators) : EstimateTally
    {
        public override double Rows => tally.Labels;

        public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> features)
        {
            Span<double> probabilities = outputs.Length <= 128 ? stackalloc double[outputs.Length] : new double[outputs.Length];
            var sum = 0.0;
            for (var i = 0; i < outputs.Length; i++)
                sum += probabilities[i] = Math.Max(0, calibrators?[i].Apply(outputs[i]) ?? outputs[i]);
            for (var i = 0; i < outputs.Length && sum > 0; i++)
                tally.Add(outputs, i, probabilities[i] / sum);
        }

        public override IReadOnlyDictionary<string, double> ToEstimates()
        {
            var estimated = Named(MetricNames.Multiclass, tally.Measure(), tally.MeanValue);
            estimated.Remove("expectedCalibrationError");
            return estimated;
        }

        public override void Add(TallySums stored) => tally.Add(stored);

        public override TallySums ToSums() => tally.ToSums();
    }

    private sealed class OfRegression(ErrorTree tree, PredictionValue? value) : EstimateTally
    {
        private double _rows, _absolute, _square;

        public override double Rows => _rows;

        public override void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> features)
        {
            if (!float.IsFinite(outputs[0]))
                return;
            var node = tree.Find(features, outputs[0]);
            _rows++;
            _absolute += node.Absolute;
            _square += node.Square;
        }

        public override IReadOnlyDictionary<string, double> ToEstimates() => Named(
            ["rmse", "mae"],
            [Math.Sqrt(_square / _rows), _absolute / _rows],
            // the size of an error is estimated, but not its direction
            value is { IsSymmetric: true } ? PredictionValue.Predictions * value.OfErrors(_absolute / _rows, 0, _square / _rows) : null);

        public override void Add(TallySums stored)
        {
            _rows += stored.Sums.GetValueOrDefault(0);
            _absolute += stored.Sums.GetValueOrDefault(1);
            _square += stored.Sums.GetValueOrDefault(2);
        }

        public override TallySums ToSums() => _rows == 0 ? TallySums.None : new(new Dictionary<int, double> { [0] = _rows, [1] = _absolute, [2] = _square });
    }
}
