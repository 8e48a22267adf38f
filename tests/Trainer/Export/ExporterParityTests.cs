using Slipway.Registry;

namespace Slipway.Trainer.Tests;

/// <summary>ONNX Runtime on the exported file against ML.NET on the trained model.</summary>
[TestFixtureSource(nameof(Combinations))]
public sealed class ExporterParityTests(string model, string trainer)
{
    private static readonly IModelTrainer[] Trainers = [new LightGbmTrainer(), new FastTreeTrainer(), new LinearTrainer()];

    private static readonly Dictionary<string, Lazy<TrainingData>> Datasets = new()
    {
        [SampleModels.PredictiveMaintenance] = new(() => TrainingData.Of(SampleModels.PredictiveMaintenance)),
        [SampleModels.TumorDiagnosis] = new(() => TrainingData.Of(SampleModels.TumorDiagnosis)),
    };

    private ITrainedModel _trained = null!;
    private OnnxScorer _scorer = null!;

    private TrainingData Data => Datasets[model].Value;

    private static IEnumerable<TestFixtureData> Combinations() =>
        from data in Datasets.Keys
        from kind in Trainers
        select new TestFixtureData(data, kind.Name);

    [OneTimeSetUp]
    public void Fit()
    {
        _trained = Data.Fit(Trainer());
        _scorer = new(OnnxWriter.Write(_trained.ToOnnx(), []), _trained.ToOnnx().Output);
    }

    [OneTimeTearDown]
    public void Close() => _scorer.Dispose();

    [Test]
    public void AnswersAsTheTrainedModelOnEveryRow()
    {
        foreach (var rows in Data.Rows.All)
            ShouldAgree(rows);
    }

    [Test]
    public void AnswersAsTheTrainedModelAroundEveryThreshold()
    {
        if (_trained is TreeModel trees)
            ShouldAgree(AroundThresholds(trees, Data.Rows.Holdout));
        else
            Assert.That(trainer, Is.EqualTo(TrainerNames.Linear), "only the linear model has no thresholds");
    }

    [Test]
    public void WouldNoticeAnExportThatIsALittleWrong()
    {
        var rows = _trained is TreeModel trees ? AroundThresholds(trees, Data.Rows.Holdout) : Data.Rows.Training;
        using var wrong = new OnnxScorer(OnnxWriter.Write(ALittleWrong(_trained.ToOnnx()), []), _trained.ToOnnx().Output);

        Assert.That(ParityPolicy.Compare(_trained.Predict(rows), wrong.Score(rows), width: 1, threshold: 0.5).Passed, Is.False);
    }

    [Test]
    public void AnswersAsTheTrainedModelFarOutsideOfTheRange()
    {
        float[] extremes = [0, -1, 1e6f, -1e6f, float.Epsilon, -0f];
        var rows = Changed(Data.Rows.Holdout,
            from repetition in Enumerable.Range(0, 7) // with other rows each time
            from feature in Enumerable.Range(0, Data.Rows.Holdout.Width)
            from value in extremes
            select (feature, value));

        ShouldAgree(rows);
    }

    [Test]
    public void GivesTheSameBytesAgain() =>
        Assert.That(OnnxWriter.Write(Data.Fit(Trainer()).ToOnnx(), []), Is.EqualTo(OnnxWriter.Write(_trained.ToOnnx(), [])));

    [Test]
    public void ScoresARowAloneAsAmongOthers()
    {
        var holdout = Data.Rows.Holdout;
        var together = _scorer.Score(holdout);

        for (var row = 0; row < 50; row++)
            Assert.That(_scorer.Score(holdout.Row(row).ToArray(), holdout.Width)[0], Is.EqualTo(together[row]).Within(1e-6));
    }

    private IModelTrainer Trainer() => Trainers.Single(candidate => candidate.Name == trainer);

    private void ShouldAgree(EncodedRows rows)
    {
        var original = _trained.Predict(rows);
        var report = ParityPolicy.Compare(original, _scorer.Score(rows), width: 1, threshold: 0.5);

        Assert.That(report.Rows, Is.EqualTo(rows.Count).And.GreaterThan(100));
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(original, Has.Some.GreaterThan(0.5f).And.Some.LessThan(0.5f), "a model that always says the same proves nothing");
    }

    /// <summary>Trees that take the other side when a value equals a threshold; a line whose bias is off by a ten-thousandth.</summary>
    private static OnnxGraph ALittleWrong(OnnxGraph graph) => graph with
    {
        Nodes = [.. graph.Nodes.Select(node => node with
        {
            Attributes = node.Attributes?.Select(attribute => attribute is OnnxAttribute.Texts { Name: "nodes_modes" } modes
                ? modes with { Values = [.. modes.Values.Select(mode => mode == "BRANCH_LEQ" ? "BRANCH_LT" : mode)] }
                : attribute).ToList(),
        })],
        Constants = [.. graph.Constants.Select(tensor => tensor.Name == "bias" ? tensor with { Values = [tensor.Values[0] + 1e-4f] } : tensor)],
    };

    private static EncodedRows AroundThresholds(TreeModel model, EncodedRows rows) => Changed(rows,
        from tree in model.Trees.Trees
        from node in Enumerable.Range(0, tree.NumberOfNodes)
        let threshold = tree.NumericalSplitThresholds[node]
        from value in new[] { threshold, MathF.BitIncrement(threshold), MathF.BitDecrement(threshold) }
        select (tree.NumericalSplitFeatureIndexes[node], value));

    /// <summary>Rows with one feature changed each, in turn.</summary>
    private static EncodedRows Changed(EncodedRows source, IEnumerable<(int Feature, float Value)> changes)
    {
        var list = changes.ToList();
        // each change on rows of both classes, or one class might never be asked
        var bases = Enumerable.Range(0, source.Count).OrderByDescending(row => source.Labels[row]).Take(20)
            .Concat(Enumerable.Range(0, 20)).ToArray();
        var rows = new EncodedRows(source.Width, list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            var row = source.Row(bases[i % bases.Length]).ToArray();
            row[list[i].Feature] = list[i].Value;
            rows.Add(row, label: 0, i + 1);
        }

        return rows;
    }
}
