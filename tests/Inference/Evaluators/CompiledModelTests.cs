using Slipway.Inference.Evaluators;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Artifacts;

namespace Slipway.Inference.Tests.Evaluators;

public sealed class CompiledModelTests
{
    [TestCase("Sigmoid")]
    [TestCase("Softmax")]
    [TestCase("Softplus")]
    [TestCase("Neg", "Softplus", "Neg", "Softmax")]
    public void PredictsWhatOnnxRuntimeDoesAfterTrees(params string[] last)
    {
        var trees = new OnnxTrees(30, 16, 5, last.Contains("Softmax") ? 3 : 1) { Last = last };
        using var both = new BothEvaluators(trees.ToOnnx(), trees.Features, trees.Outputs);
        var rows = both.Rows(3000);

        Assert.That(both.ByCompiled(rows), Is.EqualTo(both.ByOnnxRuntime(rows)).Within(2e-7));
    }

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(37)]
    public void PredictsWhatOnnxRuntimeDoesForWeights(int features)
    {
        var random = new Random(5);
        float[] weights = [.. Enumerable.Range(0, features).Select(_ => random.NextSingle() - 0.5f)];
        using var both = new BothEvaluators(OnnxModel.Linear(weights, 0.3f, null, "Sigmoid", 0), features, ("probability", 1));
        float[] rows = [.. Enumerable.Range(0, 500 * features).Select(_ => random.NextSingle() * 4)];

        Assert.That(both.ByCompiled(rows), Is.EqualTo(both.ByOnnxRuntime(rows)).Within(1e-6));
        Assert.That(both.OneByOne(rows), Is.EqualTo(both.ByCompiled(rows)));
    }

    [Test]
    public void PredictsWhatOnnxRuntimeDoesForWeightsOfSeveralClasses()
    {
        var random = new Random(5);
        var weights = new float[6, 4];
        for (var i = 0; i < 24; i++)
            weights[i / 4, i % 4] = random.NextSingle() - 0.5f;
        using var both = new BothEvaluators(OnnxModel.Classes(weights, "{}"), 6, ("probabilities", 4));
        float[] rows = [.. Enumerable.Range(0, 500 * 6).Select(_ => random.NextSingle() * 4)];

        Assert.That(both.ByCompiled(rows), Is.EqualTo(both.ByOnnxRuntime(rows)).Within(1e-6));
    }

    [Test]
    public void LeavesOtherOperatorsToOnnxRuntime()
    {
        Assert.That(() => CompiledModel.Of(OnnxModel.Linear([1, 2], 0, null, "Sqrt", 0), 2, ("probability", 1)), Throws.TypeOf<NotCompiledException>().With.Message.Contains("'Sqrt'"));
        Assert.That(() => CompiledModel.Of(OnnxModel.Linear([1, 2], 0, null, "Sigmoid", 10), 2, ("probability", 1)), Throws.TypeOf<NotCompiledException>(), "a loop");
        Assert.That(() => CompiledModel.Of(OnnxModel.Linear([1, 2], 0, null, "Sigmoid", 0), 3, ("probability", 1)), Throws.TypeOf<NotCompiledException>(), "other features");
        Assert.That(() => CompiledModel.Of(OnnxModel.Linear([1, 2], 0, null, "Sigmoid", 0), 2, ("score", 1)), Throws.TypeOf<NotCompiledException>(), "another output");
    }

    [Test]
    public void SaysThatAFileIsDamagedWhereverItEnds()
    {
        var onnx = new OnnxTrees(2, 3, 2).ToOnnx();

        for (var length = 0; length < onnx.Length; length++)
            Assert.That(() => CompiledModel.Of(onnx.AsSpan(0, length), 2, (OnnxTrees.Output, 1)), Throws.TypeOf<InvalidArtifactException>().Or.TypeOf<NotCompiledException>());
    }

    [Test]
    public void EndsARunThatTakesTooLong()
    {
        using var run = new CompiledRun(CompiledModel.Of(OnnxModel.Linear([1, 2], 0, null, "Sigmoid", 0), 2, ("probability", 1)), 2, 1);
        run.Bind([1, 2], new float[1], 1);
        run.Terminate(true);

        var ended = Assert.Catch(run.Run);

        Assert.That(run.IsEnd(ended!));
        run.Terminate(false);
        Assert.That(run.Run, Throws.Nothing);
    }
}
