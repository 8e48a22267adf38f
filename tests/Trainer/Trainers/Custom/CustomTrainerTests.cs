using System.Diagnostics.CodeAnalysis;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Trainers.Custom;

/// <summary>An error in a custom trainer ends the job with a sentence that names the trainer, and with nothing else.</summary>
public sealed class CustomTrainerTests
{
    private JobRoom _room = null!;

    [SetUp]
    public void Prepare() => _room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);

    [TearDown]
    public void Remove() => _room.Dispose();

    [Test]
    public async Task TrainsAModel()
    {
        await Use<Average>().SucceedAsync(new(typeof(Average)));

        Assert.That(_room.Read(ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence).Trainer, Is.EqualTo(nameof(Average)));
    }

    [TestCase(typeof(ThrowsWhenCreated), "failed in its constructor with DivideByZeroException: Attempted to divide by zero (")]
    [TestCase(typeof(ThrowsInHyperparameters), "failed in Hyperparameters with InvalidOperationException: no idea (")]
    [TestCase(typeof(ThrowsInFit), "failed in Fit with IndexOutOfRangeException: Index was outside the bounds of the array (")]
    [TestCase(typeof(ThrowsDeepInFit), "failed in Fit with FormatException: The input string 'abc' was not in a correct format (")]
    [TestCase(typeof(AsksForAnUnknownHyperparameter), "failed in Fit with ArgumentException: There is no hyperparameter 'depth' among those that the trainer declares: learningRate")]
    [TestCase(typeof(ThrowsInToOnnx), "failed in ToOnnx with NotSupportedException: no such operator (")]
    [TestCase(typeof(ThrowsInPredict), "failed in Predict with OperationCanceledException: enough (")]
    public async Task SaysWhichTrainerThrewWhatAndWhere(Type trainer, string reason)
    {
        var failure = await Use(trainer).FailAsync(new(trainer));

        Assert.That(failure, Does.StartWith($"The trainer {trainer.FullName} {reason}"));
        Assert.That(failure, Does.Match(@"CustomTrainerTests\.cs, line \d+\)").And.Contain("The error is in the code next to model.json, not in Slipway"));
        Assert.That(failure, Does.Not.Contain("   at "), "the stack is for the log");
        Assert.That(_room.Output, Does.Contain("   at Slipway.Trainer.Tests.Trainers.Custom.CustomTrainerTests."));
    }

    [TestCase(typeof(RefusesTheRows), "reports in Fit: These rows are too round.")]
    [TestCase(typeof(DeclaresAHyperparameterTwice), "declares invalid hyperparameters: the name 'depth' is used twice.")]
    [TestCase(typeof(DeclaresAnImpossibleDefault), "declares invalid hyperparameters: the default of 'depth', 9, is not from 0 to 1.")]
    [TestCase(typeof(FitsNothing), "returns null from Fit.")]
    [TestCase(typeof(AnswersAnotherTask), "its output is value of width 1, but this task needs probability of width 1.")]
    [TestCase(typeof(ForgetsWeights), "the constant 'weights' has 1 values, but the shape [30, 1] requires 30.")]
    [TestCase(typeof(LearnsNan), "the constant 'weights' contains NaN at position 3: weights must be finite numbers.")]
    [TestCase(typeof(ReadsWhatIsNotThere), "Gemm reads 'wieghts', which is neither 'features', nor a constant, nor the output of a node before it.")]
    [TestCase(typeof(UsesAnUnknownOperator), "returns an ONNX graph that ONNX Runtime rejects: ")]
    [TestCase(typeof(MultipliesWhatDoesNotFit), "returns an ONNX graph that ONNX Runtime rejects: ")]
    [TestCase(typeof(DividesByZero), "returns an ONNX graph whose prediction for a training row is not a finite number.")]
    [TestCase(typeof(PredictsTwiceAsMuch), " values from Predict for ")]
    [TestCase(typeof(PredictsNan), ": NaN, which is not a finite number.")]
    [TestCase(typeof(PredictsScores), ": 7, but probability must be from 0 to 1.")]
    [TestCase(typeof(PredictsOtherwise), "predicts differently from its ONNX graph: ")]
    public async Task SaysWhatATrainerGetsWrong(Type trainer, string reason)
    {
        var failure = await Use(trainer).FailAsync(new(trainer));

        Assert.That(failure, Does.StartWith($"The trainer {trainer.FullName} ").And.Contain(reason));
        Assert.That(failure, Does.Not.Contain("defect").And.Not.Contain("   at "));
    }

    [Test]
    public async Task EndsATrainerThatHangs()
    {
        var stop = new TaskCompletionSource();
        var job = Use<Hangs>().TrainAsync(stop.Task, new(typeof(Hangs)));
        Assert.That(Hangs.Began.Wait(TimeSpan.FromSeconds(30)), Is.True);

        stop.SetResult();

        Assert.That(await job.WaitAsync(TimeSpan.FromSeconds(60)), Is.EqualTo(1));
        Assert.That(_room.Failure, Does.Contain("stopped from outside"));
        Hangs.GoOn.Set();
    }

    private JobRoom Use<T>() => Use(typeof(T));

    private JobRoom Use(Type trainer) => _room.GiveSpec(_room.ReadText("input/data/spec/model.json")
        .Replace("\"trainer\": \"linear\"", $"\"trainer\": \"{trainer.Name}\"", StringComparison.Ordinal)
        .Replace("\"hyperparameters\": { \"l1Regularization\": 0.1, \"l2Regularization\": 1 },", "", StringComparison.Ordinal));

    /// <summary>Predicts by the mean of the first feature; each of the other trainers has one fault.</summary>
    public class Average : IModelTrainer
    {
        public ModelTask Task => ModelTask.Binary;

        public virtual IReadOnlyList<Hyperparameter> Hyperparameters => [new("learningRate", 0.1, 0, 1)];

        public virtual ITrainedModel Fit(FitRequest request)
        {
            var (mean, weights) = (0.0, new float[request.Rows.Width]);
            for (var i = 0; i < request.Rows.Count; i++)
                mean += request.Rows.Row(i)[0] / (double)request.Rows.Count;
            weights[0] = 1;
            return new Model(this, weights, (float)-mean);
        }

        protected internal virtual OnnxGraph Export(OnnxGraph graph) => graph;

        protected internal virtual float[] Predict(float[] probabilities) => probabilities;

        private sealed class Model(Average owner, float[] weights, float bias) : ITrainedModel
        {
            public OnnxGraph ToOnnx() => owner.Export(new(
                weights.Length, ModelSchema.OutputOf(ModelTask.Binary, 2),
                [new("Gemm", ["features", "weights", "bias"], "score"), new("Sigmoid", ["score"], "probability")],
                [new("weights", [weights.Length, 1], weights), new("bias", [1], [bias])]));

            public float[] Predict(EncodedRows rows) =>
                owner.Predict([.. Enumerable.Range(0, rows.Count).Select(i => 1 / (1 + MathF.Exp(-rows.Row(i)[0] - bias)))]);
        }
    }

    public sealed class ThrowsWhenCreated : Average
    {
        public ThrowsWhenCreated() => _ = 1 / int.Parse("0", System.Globalization.CultureInfo.InvariantCulture);
    }

    public sealed class ThrowsInHyperparameters : Average
    {
        [SuppressMessage("Design", "CA1065", Justification = "that is what the test is about")]
        public override IReadOnlyList<Hyperparameter> Hyperparameters => throw new InvalidOperationException("no idea");
    }

    public sealed class ThrowsInFit : Average
    {
        public override ITrainedModel Fit(FitRequest request) => new float[] { 1 }[request.Rows.Count] > 0 ? base.Fit(request) : null!;
    }

    public sealed class ThrowsDeepInFit : Average
    {
        public override ITrainedModel Fit(FitRequest request) => int.Parse("abc", System.Globalization.CultureInfo.InvariantCulture) > 0 ? base.Fit(request) : null!;
    }

    public sealed class AsksForAnUnknownHyperparameter : Average
    {
        public override ITrainedModel Fit(FitRequest request) => request.Hyperparameters["depth"] > 0 ? base.Fit(request) : null!;
    }

    public sealed class ThrowsInToOnnx : Average
    {
        protected internal override OnnxGraph Export(OnnxGraph graph) => throw new NotSupportedException("no such operator");
    }

    public sealed class ThrowsInPredict : Average
    {
        protected internal override float[] Predict(float[] probabilities) => throw new OperationCanceledException("enough");
    }

    public sealed class RefusesTheRows : Average
    {
        public override ITrainedModel Fit(FitRequest request) => throw new SlipwayException("These rows are too round.");
    }

    public sealed class DeclaresAHyperparameterTwice : Average
    {
        public override IReadOnlyList<Hyperparameter> Hyperparameters => [new("depth", 1, 0, 1), new("depth", 1, 0, 1)];
    }

    public sealed class DeclaresAnImpossibleDefault : Average
    {
        public override IReadOnlyList<Hyperparameter> Hyperparameters => [new("depth", 9, 0, 1)];
    }

    public sealed class FitsNothing : Average
    {
        public override ITrainedModel Fit(FitRequest request) => null!;
    }

    public sealed class AnswersAnotherTask : Average
    {
        protected internal override OnnxGraph Export(OnnxGraph graph) => graph with { Output = ModelSchema.OutputOf(ModelTask.Regression, 0) };
    }

    public sealed class ForgetsWeights : Average
    {
        protected internal override OnnxGraph Export(OnnxGraph graph) => graph with { Constants = [graph.Constants[0] with { Values = [1] }, graph.Constants[1]] };
    }

    public sealed class LearnsNan : Average
    {
        protected internal override OnnxGraph Export(OnnxGraph graph)
        {
            graph.Constants[0].Values[3] = float.NaN;
            return graph;
        }
    }

    public sealed class ReadsWhatIsNotThere : Average
    {
        protected internal override OnnxGraph Export(OnnxGraph graph) => graph with { Nodes = [graph.Nodes[0] with { Inputs = ["features", "wieghts", "bias"] }, graph.Nodes[1]] };
    }

    public sealed class UsesAnUnknownOperator : Average
    {
        protected internal override OnnxGraph Export(OnnxGraph graph) => graph with { Nodes = [graph.Nodes[0], graph.Nodes[1] with { Operator = "Sigmiod" }] };
    }

    public sealed class MultipliesWhatDoesNotFit : Average
    {
        protected internal override OnnxGraph Export(OnnxGraph graph) => graph with { Constants = [graph.Constants[0] with { Shape = [1, graph.FeatureCount] }, graph.Constants[1]] };
    }

    public sealed class DividesByZero : Average
    {
        protected internal override OnnxGraph Export(OnnxGraph graph) => graph with
        {
            Nodes = [graph.Nodes[0], new("Div", ["score", "zero"], "probability")],
            Constants = [.. graph.Constants, new("zero", [1], [0])],
        };
    }

    public sealed class PredictsTwiceAsMuch : Average
    {
        protected internal override float[] Predict(float[] probabilities) => [.. probabilities, .. probabilities];
    }

    public sealed class PredictsNan : Average
    {
        protected internal override float[] Predict(float[] probabilities) => [.. probabilities[1..], float.NaN];
    }

    public sealed class PredictsScores : Average
    {
        protected internal override float[] Predict(float[] probabilities) => [7, .. probabilities[1..]];
    }

    public sealed class PredictsOtherwise : Average
    {
        protected internal override float[] Predict(float[] probabilities) => [.. probabilities.Select(probability => probability / 2)];
    }

    public sealed class Hangs : Average
    {
        public static ManualResetEventSlim Began { get; } = new();
        public static ManualResetEventSlim GoOn { get; } = new();

        public override ITrainedModel Fit(FitRequest request)
        {
            Began.Set();
            GoOn.Wait();
            return base.Fit(request);
        }
    }
}
