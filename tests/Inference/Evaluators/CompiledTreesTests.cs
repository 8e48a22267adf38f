using Slipway.Inference.Evaluators;
using Slipway.Inference.Tests.Models;

namespace Slipway.Inference.Tests.Evaluators;

public sealed class CompiledTreesTests
{
    private const int Rows = 10_000;

    private static IEnumerable<TestCaseData> Ensembles()
    {
        yield return Case("AsTheSampleModelsHaveThem", new(100, 31, 8));
        yield return Case("OneTree", new(1, 5, 3));
        yield return Case("ATreeThatIsALeaf", new(3, 1, 2));
        yield return Case("AsManyLeavesAsAMaskHasBits", new(10, 32, 4));
        yield return Case("OneLeafMoreThanThat", new(21, 33, 4));
        yield return Case("AsManyLeavesAsTwoMasksHaveBits", new(30, 64, 4));
        yield return Case("MoreLeavesThanThat", new(9, 65, 4));
        yield return Case("AsDeepAsTheyHaveLeaves", new(9, 31, 4) { Degenerate = true });
        yield return Case("AsDeepAsTwoMasks", new(9, 63, 4) { Degenerate = true });
        yield return Case("DeeperThanMasks", new(9, 200, 4) { Degenerate = true });
        yield return Case("ManyFeatures", new(20, 20, 300));
        yield return Case("ManyOutputs", new(35, 15, 6, Targets: 7));
        yield return Case("ManyOutputsOfTwoMasks", new(12, 50, 6, Targets: 3));
        yield return Case("SplitsThatExcludeTheirThreshold", new(12, 31, 5) { Mode = "BRANCH_LT" });

        static TestCaseData Case(string name, OnnxTrees trees) => new TestCaseData(trees).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Ensembles))]
    public void PredictBitForBitWhatOnnxRuntimeDoes(object ensemble)
    {
        var trees = (OnnxTrees)ensemble;
        using var both = new BothEvaluators(trees.ToOnnx(), trees.Features, trees.Outputs);
        var rows = both.Rows(Rows);

        var expected = both.ByOnnxRuntime(rows);

        Assert.That(expected.Distinct().Count(), Is.GreaterThan(trees.Leaves == 1 ? 0 : 3), "or the test shows nothing");
        Assert.That(both.ByCompiled(rows).SequenceEqual(expected), "many rows at once");
        Assert.That(both.OneByOne(rows[..(2000 * trees.Features)]).SequenceEqual(expected.Take(2000 * trees.Targets)), "one row at a time");
    }

    [TestCase(20)]
    [TestCase(50)]
    public void TakeAnyNumberOfRows(int leaves)
    {
        var trees = new OnnxTrees(10, leaves, 3);
        using var both = new BothEvaluators(trees.ToOnnx(), trees.Features, trees.Outputs);

        for (var rows = 1; rows < 80; rows++)
            Assert.That(both.ByCompiled(both.Rows(rows)), Is.EqualTo(both.ByOnnxRuntime(both.Rows(rows))), $"{rows} rows");
    }

    [Test]
    public void EvaluateManyRowsAtOnceUpTo64Leaves()
    {
        Assert.That(Masks(64), Is.True);
        Assert.That(Masks(65), Is.False);

        static bool Masks(int leaves) => ((TreeEnsemble)CompiledModel.Of(new OnnxTrees(3, leaves, 2).ToOnnx(), 2, (OnnxTrees.Output, 1)).Scores).HasMasks;
    }

    [Test]
    public void TakeLessMemoryThanTheirFile()
    {
        var onnx = new OnnxTrees(100, 31, 8).ToOnnx();

        Assert.That(CompiledModel.Of(onnx, 8, (OnnxTrees.Output, 1)).Bytes, Is.LessThan(onnx.Length));
    }

    [TestCase("BRANCH_GT", "a split BRANCH_GT")]
    [TestCase("BRANCH_EQ", "a split BRANCH_EQ")]
    public void LeaveOtherComparisonsToOnnxRuntime(string mode, string expected) =>
        Assert.That(() => CompiledModel.Of(new OnnxTrees(2, 4, 2) { Mode = mode }.ToOnnx(), 2, (OnnxTrees.Output, 1)), Throws.TypeOf<NotCompiledException>().With.Message.Contains(expected));

    [Test]
    public void LeaveSplitsThatAMissingValuePassesToOnnxRuntime()
    {
        var trees = new OnnxTrees(1, 2, 2) { More = node => OnnxTrees.Numbers(node, "nodes_missing_value_tracks_true", [1, 0, 0]) };

        Assert.That(() => CompiledModel.Of(trees.ToOnnx(), 2, trees.Outputs), Throws.TypeOf<NotCompiledException>().With.Message.Contains("missing value"));
    }

    [Test]
    public void LeaveOutputsWithoutTreesToOnnxRuntime()
    {
        var trees = new OnnxTrees(2, 4, 3, Targets: 3);

        Assert.That(() => CompiledModel.Of(trees.ToOnnx(), 3, trees.Outputs), Throws.TypeOf<NotCompiledException>().With.Message.Contains("has no trees"));
    }

    [Test]
    public void LeaveSplitsOnFeaturesThatDoNotExistToOnnxRuntime() =>
        Assert.That(() => CompiledModel.Of(new OnnxTrees(20, 9, 5).ToOnnx(), 2, (OnnxTrees.Output, 1)), Throws.TypeOf<NotCompiledException>().With.Message.Contains("a feature that does not exist"));
}
