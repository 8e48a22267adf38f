using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Trainer.Tests.Job;

namespace Slipway.Trainer.Tests.Imported;

/// <summary>A job with an imported model instead of a trainer.</summary>
public sealed class ImportedCandidateTests
{
    private JobRoom _room = null!;

    [SetUp]
    public void Open() => _room = new JobRoom().GiveSpec(ForeignModel.Spec).GiveDataset(
        ForeignModel.Csv((width, height) => $"{width + (2 * height)}"));

    [TearDown]
    public void Close() => _room.Dispose();

    [TestCase(false)]
    [TestCase(true)]
    public async Task MeasuresItLikeAnyOther(bool flat)
    {
        await _room.GiveImported(ForeignModel.Linear(flat: flat), Golden(height: await ImputedHeightAsync())).SucceedAsync();
        var metrics = _room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics);
        var evidence = _room.Read(ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence);

        Assert.That(metrics.Holdout["rmse"].Value, Is.Zero.Within(1e-6));
        Assert.That((evidence.Trainer, evidence.Libraries["ONNX producer"]), Is.EqualTo(("outside", "slipway")));
        Assert.That(_room.ReadText("model/model-card.md"), Does.Contain("trainer: outside"));
    }

    [Test]
    public async Task GivesItTheNamesAndTheSchemaThatServersAskFor()
    {
        await _room.GiveImported(ForeignModel.Linear(), Golden(height: await ImputedHeightAsync())).SucceedAsync();
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(_room.Bytes(ArtifactFiles.Onnx));

        Assert.That(session.InputMetadata.Keys, Is.EqualTo(new[] { "features" }));
        Assert.That(session.OutputMetadata.Keys, Is.EqualTo(new[] { "value" }));
        Assert.That(session.InputMetadata["features"].Dimensions, Is.EqualTo(new[] { -1, 2 }));
        Assert.That(session.ModelMetadata.CustomMetadataMap, Does.ContainKey(ModelSchema.MetadataKey));
    }

    [Test]
    public async Task PutsItsGoldenRecordsBeforeThoseOfTheHoldout()
    {
        await _room.GiveImported(ForeignModel.Linear(), Golden(height: await ImputedHeightAsync())).SucceedAsync();
        var golden = _room.Read(ArtifactFiles.Golden, RegistryJson.Default.GoldenSet);

        Assert.That(golden.Records[0], Is.EqualTo(new Dictionary<string, string?> { ["width"] = "1", ["height"] = "2" }));
        Assert.That(golden.Records, Has.Count.GreaterThan(20));
    }

    [Test]
    public async Task TakesTheSecondColumnOfABinaryClassifier()
    {
        _room.GiveSpec("""
            { "description": "Wide or not", "task": "binary", "label": "size", "positive": "wide", "trainer": "outside",
              "features": { "width": "numeric", "height": "numeric" }, "gates": { "metrics": { "auc": { "atLeast": 0.9 } } } }
            """).GiveDataset(ForeignModel.Csv((width, _) => width >= 10 ? "wide" : "slim"));
        await _room.GiveImported(
            ForeignModel.TwoColumns(), """{ "records": [{ "width": 10, "height": 0 }, { "width": 12, "height": 1 }], "outputs": [[0.5], [0.8807971]] }""").SucceedAsync();

        Assert.That(_room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics).Holdout["auc"].Value, Is.EqualTo(1));
        Assert.That(_room.Read(ArtifactFiles.Schema, RegistryJson.Default.ModelSchema).Output.Name, Is.EqualTo("probability"));
    }

    [Test]
    public async Task RefusesAModelThatGivesOtherAnswersThanItsGoldenOnes()
    {
        _room.GiveImported(ForeignModel.Linear(bias: 0.01f), """{ "records": [{ "width": 1, "height": 2 }], "outputs": [[5]] }""");

        Assert.That(await _room.FailAsync(), Does.Contain("The model predicts 5.01 for golden record 1, but golden.json has 5 (tolerance 0.0001). Check the order of the model's features. The model receives: width, height."));
    }

    [Test]
    public async Task RefusesAModelWhoseAnswersDependOnTheOtherRows() =>
        Assert.That(
            await _room.GiveImported(ForeignModel.Centered(), """{ "records": [{ "width": 1, "height": 2 }, { "width": 2, "height": 2 }], "outputs": [[0], [0]] }""").FailAsync(),
            Does.Contain("The model predicts 0 for golden record 1 alone, but -0.5 in a batch with the others"));

    [TestCase(64)]
    public async Task RefusesAModelThatDoesNotEndAtABatchSizeThatServersWarm(int rows)
    {
        Assume.That(BatchSizes.WarmUp, Does.Contain(rows));

        Assert.That(
            await _room.GiveImported(ForeignModel.EndlessAt(rows), ForeignModel.Golden).FailAsync(),
            Does.Contain($"The model made no prediction for {rows} rows within 5 s, and was stopped: no server would serve it"));
    }

    [Test]
    public async Task TakesALoopThatEnds() => await _room.GiveImported(ForeignModel.EndlessAt(-1), Golden(height: await ImputedHeightAsync())).SucceedAsync();

    [TestCase("nonsense", "golden.json cannot be used")]
    [TestCase("null", "golden.json cannot be used")]
    [TestCase("{}", "it has 0 records and 0 outputs")]
    [TestCase("""{ "records": [null], "outputs": [[5]] }""", "golden.json cannot be used: $.records[0] is null.")]
    [TestCase("""{ "records": [{ "width": "\ud800" }], "outputs": [[5]] }""", "golden.json cannot be used")]
    [TestCase("""{ "records": [{}], "outputs": [] }""", "it has 1 records and 0 outputs")]
    [TestCase("""{ "records": [{ "width": 1, "height": 2 }], "outputs": [[5, 6]] }""", "output 1 has 2 values, but the model returns 1 (the value of 'size')")]
    [TestCase("""{ "records": [{ "widht": 1 }], "outputs": [[5]] }""", "record 1 contains the column 'widht', which is not a feature. Did you mean width?")]
    [TestCase("""{ "records": [{ "width": "one" }], "outputs": [[5]] }""", "'one' in the column 'width' of record 1 is not a number")]
    [TestCase("""{ "records": [{ "width": 1 }], "outputs": [[5]], "tolerance": 1 }""", "its tolerance is 1; it must be between 0 and 0.05")]
    public async Task SaysWhatIsWrongWithTheGoldenAnswers(string golden, string reason) =>
        Assert.That(await _room.GiveImported(ForeignModel.Linear(), golden).FailAsync(), Does.Contain(reason));

    [Test]
    public async Task RefusesAnOperatorThatTheRuntimeDoesNotKnow() =>
        Assert.That(
            await _room.GiveImported(ForeignModel.Linear(operatorName: "Frobnicate"), ForeignModel.Golden).FailAsync(),
            Does.Contain("model.onnx cannot be loaded by ONNX Runtime").And.Contain("Frobnicate"));

    [Test]
    public async Task RefusesWhatIsNoOnnxFile() =>
        Assert.That(await _room.GiveImported([1, 2, 3], ForeignModel.Golden).FailAsync(), Does.Contain("The ONNX model is damaged"));

    [Test]
    public async Task NamesTheFeaturesWhereTheirNumberDiffers()
    {
        _room.GiveSpec(ForeignModel.Spec.Replace("\"height\": \"numeric\"", "\"height\": \"categorical\"", StringComparison.Ordinal));

        Assert.That(
            await _room.GiveImported(ForeignModel.Linear(), ForeignModel.Golden).FailAsync(),
            Does.Contain("The input 'x' of model.onnx has 2 features, but the columns in model.json encode to 9: width, height=0, height=1"));
    }

    [Test]
    public async Task SaysWhatOutputTheTaskNeeds()
    {
        _room.GiveSpec(ForeignModel.Spec.Replace("regression", "multiclass", StringComparison.Ordinal).Replace("\"rmse\": { \"atMost\": 1 }", "\"accuracy\": { \"atLeast\": 0.5 }", StringComparison.Ordinal))
            .GiveDataset(ForeignModel.Csv((width, _) => (width % 3).ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.That(
            await _room.GiveImported(ForeignModel.Linear(), ForeignModel.Golden).FailAsync(),
            Does.Contain("model.onnx has the outputs y (Single [N, 1]): none of them is float [N, 3]"));
    }

    private static string Golden(float height) => FormattableString.Invariant(
        $$"""{ "records": [{ "width": 1, "height": 2 }, { "width": "3" }], "outputs": [[5], [{{3 + (2 * height)}}]] }""");

    /// <summary>The replacement of a missing height, from a job without missing ones.</summary>
    private async Task<float> ImputedHeightAsync()
    {
        await _room.GiveImported(ForeignModel.Linear(), """{ "records": [{ "width": 1, "height": 2 }], "outputs": [[5]] }""").SucceedAsync();
        return _room.Read(ArtifactFiles.Schema, RegistryJson.Default.ModelSchema).Columns[1].Imputed!.Value;
    }
}
