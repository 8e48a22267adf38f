using System.Security.Cryptography;
using System.Text;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Evidence;

namespace Slipway.Trainer.Tests.Job;

/// <summary>Runs the whole job once for each model of the repository; every test checks another part of the results.</summary>
[TestFixture(SampleModels.PredictiveMaintenance)]
[TestFixture(SampleModels.TumorDiagnosis)]
public sealed class TrainingJobTests(string model)
{
    private JobRoom _room = null!;

    [OneTimeSetUp]
    public async Task Train() => _room = await new JobRoom().GiveModel(model).SucceedAsync();

    [OneTimeTearDown]
    public void Remove() => _room.Dispose();

    private ModelSchema Schema => _room.Read(ArtifactFiles.Schema, RegistryJson.Default.ModelSchema);
    private ModelMetrics Metrics => _room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics);
    private GoldenSet Golden => _room.Read(ArtifactFiles.Golden, RegistryJson.Default.GoldenSet);
    private FeatureBaseline Baseline => _room.Read(ArtifactFiles.Baseline, RegistryJson.Default.FeatureBaseline);
    private TrainingEvidence Evidence => _room.Read(ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence);

    [Test]
    public void LeavesExactlyTheFilesOfAnArtifact() =>
        Assert.That(_room.Files().Where(file => !ArtifactFiles.IsPlot(file)), Is.EquivalentTo(new[]
        {
            ArtifactFiles.Onnx, ArtifactFiles.Spec, ArtifactFiles.Schema, ArtifactFiles.Metrics,
            ArtifactFiles.Golden, ArtifactFiles.Baseline, ArtifactFiles.Estimator, ArtifactFiles.Training, ArtifactFiles.ModelCard,
        }));

    [Test]
    public void CarriesTheSpecByteForByte() =>
        Assert.That(_room.Bytes(ArtifactFiles.Spec), Is.EqualTo(File.ReadAllBytes(Path.Combine(_room.Root, "input/data/spec/model.json"))));

    [Test]
    public void PassesItsOwnGates()
    {
        var report = GatePolicy.Evaluate(SampleModels.Spec(model).Gates, Metrics, Schema, champion: null);

        Assert.That(report.Passed, Is.True, string.Join("\n", report.Verdicts.Where(verdict => !verdict.Passed).Select(verdict => $"{verdict.Rule}: {verdict.Reason}")));
    }

    [Test]
    public void SaysEveryMetricWithAnInterval()
    {
        Assert.That(Metrics.Holdout.Keys, Is.EqualTo(MetricNames.For(SampleModels.Spec(model))));
        foreach (var (name, metric) in Metrics.Holdout)
            Assert.That(metric.Low < metric.High, Is.True, name);
    }

    [Test]
    public void EstimatesTheHoldoutWithoutItsLabels()
    {
        var estimator = _room.Read(ArtifactFiles.Estimator, RegistryJson.Default.QualityEstimator);

        Assert.That(estimator.Flaw(Schema), Is.Null);
        Assert.That(estimator.Holdout["accuracy"], Is.EqualTo(Metrics.Holdout["accuracy"].Value).Within(0.03));
        Assert.That(estimator.Holdout["auc"], Is.EqualTo(Metrics.Holdout["auc"].Value).Within(0.1));
        Assert.That(estimator.Holdout.ContainsKey("value"), Is.EqualTo(Metrics.Holdout.ContainsKey("value")));
        Assert.That(_room.Bytes(ArtifactFiles.Estimator), Has.Length.LessThan(64 * 1024));
    }

    [Test]
    public void PrintsMetricsForTheRegularExpressionsOfSageMaker() =>
        Assert.That(_room.Output, Does.Match(@"(?m)^averagePrecision=0\.\d+;\r?$").And.Match(@"(?m)^recall=0\.\d+;\r?$"));

    [Test]
    public void CountsTheRows()
    {
        var data = Metrics.Data;

        Assert.That(data.Rows, Is.EqualTo(data.TrainingRows + data.ValidationRows + data.HoldoutRows));
        Assert.That(data.Rows, Is.EqualTo(model == SampleModels.PredictiveMaintenance ? 10_000 : 569));
        Assert.That(Evidence.Rows, Is.EqualTo(data.Rows));
        Assert.That(data.Missing.Values, Is.All.Zero);
    }

    [Test]
    public void EvaluatesEverySlice()
    {
        var expected = SampleModels.Spec(model).Slices is { } slices
            ? Schema.Columns.Where(column => slices.Contains(column.Name)).SelectMany(column => column.Categories!.Select(category => $"{column.Name}={category}"))
            : [];

        Assert.That(Metrics.Slices.Select(slice => slice.Slice), Is.EqualTo(expected));
        if (Metrics.Slices.Count > 0)
            Assert.That(Metrics.Slices.Sum(slice => slice.Rows), Is.EqualTo(Metrics.Data.HoldoutRows));
    }

    [Test]
    public void MeasuresLatencyAndSize()
    {
        Assert.That(Metrics.LatencyMicroseconds, Is.InRange(0.1, 10_000));
        Assert.That(Metrics.OnnxBytes, Is.EqualTo(_room.Bytes(ArtifactFiles.Onnx).Length));
    }

    [Test]
    public void PutsTheSchemaIntoTheOnnxFile()
    {
        var inside = OnnxScorer.Metadata(_room.Bytes(ArtifactFiles.Onnx), ModelSchema.MetadataKey)!;

        Assert.That(inside, Does.Not.Contain('\n'));
        Assert.That(System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(inside), System.Text.Json.Nodes.JsonNode.Parse(_room.Bytes(ArtifactFiles.Schema))), Is.True);
    }

    [Test]
    public void LeaksNothingIntoTheFeatures()
    {
        var spec = SampleModels.Spec(model);
        string[] forbidden = [spec.Label, .. spec.Id!, .. spec.Ignore ?? [], "TWF", "HDF", "PWF", "OSF", "RNF"];

        Assert.That(Schema.Columns.Select(column => column.Name), Is.EqualTo(spec.Features.Keys));
        Assert.That(Schema.Features.Where(feature => forbidden.Any(name => feature == name || feature.StartsWith($"{name}=", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void ProvesItselfOnTheGoldenSet()
    {
        using var scorer = new OnnxScorer(_room.Bytes(ArtifactFiles.Onnx), Schema.Output);
        var encoder = new FeatureEncoder(Schema.Columns);
        Assert.That(Golden.Records, Has.Count.InRange(24, 40));
        for (var i = 0; i < Golden.Records.Count; i++)
        {
            var row = new float[encoder.Width];
            for (var column = 0; column < encoder.ColumnCount; column++)
                encoder.Encode(column, Golden.Records[i].GetValueOrDefault(encoder.Column(column).Name), row);

            Assert.That(row, Is.EqualTo(Golden.Inputs[i]));
            Assert.That(scorer.Score(row, row.Length)[0], Is.EqualTo(Golden.Outputs[i][0]).Within(Golden.Tolerance));
        }
    }

    [Test]
    public void PutsHardRowsIntoTheGoldenSet()
    {
        var outputs = Golden.Outputs.Select(output => output[0]).ToList();
        var threshold = Schema.Threshold!.Value;

        Assert.That(outputs.Count(output => output >= threshold), Is.GreaterThanOrEqualTo(5), "positive answers");
        Assert.That(outputs.Count(output => output < threshold), Is.GreaterThanOrEqualTo(5), "negative answers");
        Assert.That(outputs.Count(output => Math.Abs(output - threshold) < 0.2), Is.GreaterThanOrEqualTo(3), "answers near the threshold");
        Assert.That(Golden.Records.Any(record => record.Values.Any(value => value is null)), Is.True, "a missing value");
        if (Schema.Columns.Any(column => column.Categories is not null))
            Assert.That(Golden.Records.Any(record => Schema.Columns.Any(column =>
                record[column.Name] is { } value && column.Categories?.Contains(value) == false)), Is.True, "an unknown category");
    }

    [Test]
    public void DescribesTheDistributionOfEveryColumn()
    {
        Assert.That(Baseline.Rows, Is.EqualTo(Metrics.Data.TrainingRows));
        Assert.That(Baseline.Columns.Select(column => column.Name), Is.EqualTo(Schema.Columns.Select(column => column.Name)));
        foreach (var column in Baseline.Columns)
        {
            Assert.That(column.Counts.Sum() + column.Missing, Is.EqualTo(Baseline.Rows), column.Name);
            if (column.Edges is { } edges)
            {
                Assert.That(edges, Is.Ordered.And.Unique);
                Assert.That(column.Counts, Has.Count.EqualTo(edges.Count + 1).And.All.LessThan(Baseline.Rows / 4));
            }
        }
    }

    /// <summary>The reference for drift of what servers predict.</summary>
    [Test]
    public void RecordsTheDistributionOfItsPredictionsOnTheHoldout()
    {
        var output = Baseline.Output!;

        Assert.That(output.Counts.Sum() + output.Missing, Is.EqualTo(Metrics.Data.HoldoutRows));
        Assert.That(output.Name, Is.EqualTo(Schema.Task == ModelTask.Multiclass ? Schema.Label : Schema.Output.Name));
        if (Schema.Task == ModelTask.Multiclass)
            Assert.That(output.Counts, Has.Count.EqualTo(Schema.Classes!.Count + 1));
        else
            Assert.That(output.Counts, Has.Count.EqualTo(output.Edges!.Count + 1));
        Assert.That(output.Edges ?? [], Is.Ordered.And.Unique);
    }

    [Test]
    public void RecordsWhatItRead()
    {
        var csv = Encoding.UTF8.GetBytes(SampleModels.Csv(model));

        Assert.That(Evidence.DatasetSha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(csv))));
        Assert.That(Evidence.OnnxSha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(_room.Bytes(ArtifactFiles.Onnx)))));
        Assert.That(TreeLibrary.Versions(Evidence.Libraries).Select(library => library.Key), Is.EquivalentTo(new[] { ".NET", "ML.NET", "LightGBM", "ONNX Runtime" }));
        Assert.That(TreeLibrary.Versions(Evidence.Libraries).Select(library => library.Value), Is.All.Match(@"^\d+\.\d+\.\d+"));
        Assert.That(TreeLibrary.Of(Evidence.Libraries), Is.EqualTo(Evidence.Trainer == TrainerNames.BoostedTrees ? TrainerNames.LightGbm : null));
        Assert.That(Evidence.Trainer, Is.EqualTo(SampleModels.Spec(model).Trainer));
    }

    [Test]
    public void WritesAModelCard()
    {
        var card = _room.ReadText("model/model-card.md");

        Assert.That(card, Does.StartWith("---\n").And.Contain("\n---\n"));
        foreach (var section in new[] { "Intended use", "Data and split", "Metrics", "Limits", "Environment" })
            Assert.That(card, Does.Contain($"\n## {section}\n"));
        Assert.That(card, Does.Contain(Evidence.OnnxSha256).And.Contain(Evidence.DatasetSha256).And.Contain("| averagePrecision | 0."));
        Assert.That(card, Does.Not.Match(@"\d{4}-\d{2}-\d{2}T"), "no timestamps: the same lineage produces the same card");
    }

    [Test]
    public void WritesWordsOfAFileIntoTheModelCardAsWords()
    {
        var spec = SampleModels.Spec(model) with { Description = "> ask @team, https://evil.example", Label = "a`@team" };
        var schema = Schema with { Classes = ["<b>", "`#1`"], Columns = [.. Schema.Columns.Select(column => column.Categories is null ? column : column with { Categories = ["|", "`"] })] };
        var metrics = Metrics with { Slices = [new("Type=@team", 12, null, Metrics.Holdout)] };

        var card = new ModelCard(spec, schema, metrics, Evidence).ToMarkdown();

        Assert.That(card, Does.Contain("\n# \\> ask `@team,` `https://evil.example`\n"));
        Assert.That(card, Does.Contain("that ``a`@team`` is `` `#1` `` (rather than `<b>`)"));
        Assert.That(card, Does.Contain("\n| `Type=@team` | 12 |"));
        if (schema.Columns.Any(column => column.Categories is not null))
            Assert.That(card, Does.Contain(@"| `\|`, `` ` `` |"));
    }

    [Test]
    public async Task GivesTheSameFilesAgain()
    {
        using var again = await new JobRoom().GiveModel(model).SucceedAsync();

        foreach (var file in _room.Files().Except([ArtifactFiles.Metrics]))
            Assert.That(again.Bytes(file), Is.EqualTo(_room.Bytes(file)), file);
        var metrics = again.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics);
        Assert.That(metrics.Holdout, Is.EqualTo(Metrics.Holdout));
    }

    [Test]
    public async Task ComparesWithTheChampionOnTheSameRows()
    {
        using var room = await new JobRoom().GiveModel(model).GiveChampion(_room.Bytes(ArtifactFiles.Onnx)).SucceedAsync();
        var metrics = room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics);

        // the champion is this very model
        Assert.That(metrics.Champion, Is.EqualTo(metrics.Holdout));
        Assert.That(room.Bytes(ArtifactFiles.Onnx), Is.EqualTo(_room.Bytes(ArtifactFiles.Onnx)), "a champion must not change the candidate");
    }
}
