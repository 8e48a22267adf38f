using Slipway.Registry.Evaluation;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Export;
using Slipway.Trainer.Tests.Data;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.FastTree;
using Slipway.Trainer.Trainers.LightGbm;

namespace Slipway.Trainer.Tests.Export;

/// <summary>ONNX Runtime on the exported file against ML.NET on the trained model.</summary>
[TestFixtureSource(nameof(Combinations))]
public sealed class ExporterParityTests(string dataset, string trainer)
{
    private static readonly Dictionary<string, Lazy<TrainingData>> Datasets = new()
    {
        [SampleModels.PredictiveMaintenance] = new(() => TrainingData.Of(SampleModels.PredictiveMaintenance)),
        [SampleModels.TumorDiagnosis] = new(() => TrainingData.Of(SampleModels.TumorDiagnosis)),
        [SampleModels.Penguins] = new(() => TrainingData.Of(SampleModels.Penguins)),
        [SampleModels.FuelEconomy] = new(() => TrainingData.Of(SampleModels.FuelEconomy)),
        ["seven classes"] = new(() => SyntheticData.Classes(7)),
        ["labels around a million"] = new(() => SyntheticData.Numbers(mean: 1e6, spread: 2e5)),
        ["labels around a thousandth"] = new(() => SyntheticData.Numbers(mean: 1e-3, spread: 1e-4)),
        ["labels around zero"] = new(() => SyntheticData.Numbers(mean: 0, spread: 1e5)),
    };

    private ITrainedModel _trained = null!;
    private OnnxScorer _scorer = null!;
    private Predicted? _hardest;

    private TrainingData Data => Datasets[dataset].Value;

    private int Width => ModelSchema.OutputOf(Data.Spec.Task, Data.Survey.Label.Classes.Count).Width;

    // tens of thousands of rows for the trees, which the trained model predicts much more slowly than its export
    private Predicted Hardest => _hardest ??= Predict(_trained is TreeModel trees ? AroundThresholds(trees, Data.Rows.Holdout) : Data.Rows.Training);

    private double? Threshold => Data.Spec.Task == ModelTask.Binary ? 0.5 : null;

    private static IEnumerable<TestFixtureData> Combinations() =>
        from data in Datasets.Keys
        from name in TrainerNames.BuiltIn
        where name != TrainerNames.BoostedTrees // it is one of the others
        select new TestFixtureData(data, name);

    [OneTimeSetUp]
    public void Fit()
    {
        _trained = Data.Fit(Trainer());
        _scorer = new(OnnxWriter.Write(_trained.ToOnnx(), []), _trained.ToOnnx().Output);
    }

    [OneTimeTearDown]
    public void Close()
    {
        _scorer.Dispose();
        _hardest = null; // NUnit keeps all fixtures
    }

    [Test]
    public void AnswersAsTheTrainedModelOnEveryRow()
    {
        foreach (var rows in Data.Rows.All)
            ShouldAgree(rows);
    }

    [Test]
    public void AnswersAsTheTrainedModelAroundEveryThreshold()
    {
        if (_trained is TreeModel)
            ShouldAgree(Hardest);
        else
            Assert.That(trainer, Is.EqualTo(TrainerNames.Linear), "only the linear model has no thresholds");
    }

    [Test]
    public void PredictsManyRowsWithTheSameBitsWithoutMLNet()
    {
        if (_trained is not TreeModel trees || (trainer, Data.Spec.Task) is (TrainerNames.LightGbm, ModelTask.Multiclass))
            return;
        // 32 leaves are what a mask has bits for
        var rows = AroundThresholds(trees, Data.Rows.Holdout);

        Assert.That(trees.PredictWithoutMLNet(rows), Is.EqualTo(trees.PredictWithMLNet(rows)));
        Assert.That(trees.PredictWithoutMLNet(Data.Rows.Training), Is.EqualTo(trees.PredictWithMLNet(Data.Rows.Training)));
    }

    [Test]
    public void WouldNoticeAnExportThatIsALittleWrong()
    {
        using var wrong = new OnnxScorer(OnnxWriter.Write(ALittleWrong(_trained.ToOnnx()), []), _trained.ToOnnx().Output);

        var report = ParityPolicy.Compare(Hardest.Predictions, wrong.Score(Hardest.Rows), Width, Threshold);

        Assert.That(report.Passed, Is.False, report.ToString());
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
    public void DeclaresTheOutputOfTheTask() =>
        Assert.That(_trained.ToOnnx().Output.Shape, Is.EqualTo(ModelSchema.OutputOf(Data.Spec.Task, Data.Survey.Label.Classes.Count).Shape));

    [Test]
    public void GivesTheSameBytesAgain() =>
        Assert.That(OnnxWriter.Write(Data.Fit(Trainer()).ToOnnx(), []), Is.EqualTo(OnnxWriter.Write(_trained.ToOnnx(), [])));

    [TestCase(1)]
    [TestCase(3)]
    public void GivesTheSameBytesWithAnyNumberOfThreads(int threads)
    {
        IModelTrainer fixedThreads = (trainer, Data.Spec.Task) switch
        {
            (TrainerNames.LightGbm, ModelTask.Binary) => new LightGbmBinary { FixedThreads = threads },
            (TrainerNames.LightGbm, ModelTask.Multiclass) => new LightGbmMulticlass { FixedThreads = threads },
            (TrainerNames.LightGbm, _) => new LightGbmRegression { FixedThreads = threads },
            (TrainerNames.FastTree, ModelTask.Binary) => new FastTreeBinary { FixedThreads = threads },
            (TrainerNames.FastTree, ModelTask.Multiclass) => new FastTreeMulticlass { FixedThreads = threads },
            (TrainerNames.FastTree, _) => new FastTreeRegression { FixedThreads = threads },
            _ => Trainer(), // works on one thread, whatever there is
        };

        Assert.That(OnnxWriter.Write(Data.Fit(fixedThreads).ToOnnx(), []), Is.EqualTo(OnnxWriter.Write(_trained.ToOnnx(), [])));
    }

    [Test]
    public void ScoresARowAloneAsAmongOthers()
    {
        var holdout = Data.Rows.Holdout;
        var together = _scorer.Score(holdout);
        var unit = Math.Max(1, together.Max(Math.Abs));

        for (var row = 0; row < 50; row++)
            Assert.That(_scorer.Score(holdout.Row(row).ToArray(), holdout.Width), Is.EqualTo(together.AsSpan(row * Width, Width).ToArray()).Within(1e-6 * unit));
    }

    private IModelTrainer Trainer() => ModelTrainers.All.For(Data.Spec with { Trainer = trainer });

    private Predicted Predict(EncodedRows rows) => new(rows, _trained.Predict(rows));

    private void ShouldAgree(EncodedRows rows) => ShouldAgree(Predict(rows));

    private void ShouldAgree(Predicted predicted)
    {
        var (rows, original) = predicted;
        var report = ParityPolicy.Compare(original, _scorer.Score(rows), Width, Threshold);

        Assert.That(report.Rows, Is.EqualTo(rows.Count).And.GreaterThan(40));
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(Decisions(original).Distinct().Count(), Is.GreaterThan(1), "a model with constant predictions proves nothing");
    }

    private IEnumerable<double> Decisions(float[] answers) => Data.Spec.Task switch
    {
        ModelTask.Binary => answers.Select(answer => answer < 0.5 ? 0.0 : 1),
        ModelTask.Multiclass => answers.Chunk(Width).Select(answer => (double)MulticlassScores.Decide(answer)),
        _ => answers.Select(answer => (double)answer),
    };

    /// <summary>Trees that take the other side when a value equals a threshold; a line whose bias is off by a thousandth.</summary>
    private static OnnxGraph ALittleWrong(OnnxGraph graph) => graph with
    {
        Nodes = [.. graph.Nodes.Select(node => node with
        {
            Attributes = node.Attributes?.Select(attribute => attribute is OnnxAttribute.Texts { Name: "nodes_modes" } modes
                ? modes with { Values = [.. modes.Values.Select(mode => mode == "BRANCH_LEQ" ? "BRANCH_LT" : mode)] }
                : attribute).ToList(),
        })],
        Constants = [.. graph.Constants.Select(tensor => tensor.Name == "bias" ? tensor with { Values = [tensor.Values[0] + 1e-3f, .. tensor.Values[1..]] } : tensor)],
    };

    private static EncodedRows AroundThresholds(TreeModel model, EncodedRows rows) => Changed(rows,
        from tree in model.Trees
        from node in Enumerable.Range(0, tree.NumberOfNodes)
        let threshold = tree.NumericalSplitThresholds[node]
        from value in new[] { threshold, MathF.BitIncrement(threshold), MathF.BitDecrement(threshold) }
        select (tree.NumericalSplitFeatureIndexes[node], value));

    /// <summary>Rows with one feature changed each, in turn.</summary>
    private static EncodedRows Changed(EncodedRows source, IEnumerable<(int Feature, float Value)> changes)
    {
        var list = changes.ToList();
        // each change is tried on rows of many labels, or one class might never be tested
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

    /// <param name="Predictions">Of the trained model.</param>
    private sealed record Predicted(EncodedRows Rows, float[] Predictions);
}
