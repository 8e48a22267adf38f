using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Build.Tests.Environments.Reports;

public sealed class TrainingQualityReportTests
{
    private const string Job = "pumps-0123456789ab-a1";

    private static readonly byte[] Spec = Encoding.UTF8.GetBytes(
        """
        {
          "description": "Pumps that are about to fail", "task": "binary", "label": "failed", "trainer": "linear",
          "features": { "maker": "categorical" }, "slices": ["maker"],
          "gates": { "metrics": { "auc": { "atLeast": 0.8 } }, "slices": { "metrics": { "auc": { "atLeast": 0.7 } } } }
        }
        """);

    private readonly FakeTimeProvider _time = new();
    private LocalFolderFixture _fixture = null!;
    private LocalEnvironment _environment = null!;
    private StringWriter _output = null!;

    [SetUp]
    public async Task SetUp()
    {
        _fixture = new();
        _environment = new(_fixture.Folders.Root, new(Port: null, "pumps", new(0, 0, TimeSpan.FromSeconds(1))), LocalFolderFixture.NoEngine, _time);
        _output = new() { NewLine = "\n" };
        await WriteAsync(StoreKeys.TrainingLineage(Job), Json(
            new(Job, "pumps", new("datasets/pumps/pumps.csv", "v1", new('a', 64), 10, null), Sha256(Spec), "linear", new Dictionary<string, string>(), 1,
                new(new('c', 40), Dirty: false), new("release", "x64", new Dictionary<string, string>()), Parent: 2, default, null),
            RegistryJson.Default.Lineage));
    }

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public async Task RefusedJobShowsMetricsSlicesGatesAndItsPage()
    {
        await LeaveArtifactAsync();
        var gates = GatePolicy.Evaluate(ModelSpecReader.Read(Spec, "model.json").Gates, Metrics, Schema, champion: null);
        await Report.ShowQualityAsync(_environment, new(Job, TrainingResult.Refused, "One gate failed.", null, gates, default), default);

        Assert.That(_output.ToString(), Is.EqualTo(
            $"""
            'pumps' by linear on 200 holdout rows
              Metric                     Candidate    95 % interval  Champion  95 % interval     Difference
              auc      higher is better     0.9000  0.8500 – 0.9500    0.8750                 0.0250 better
              logLoss  lower is better      0.2000                     0.1500                  0.0500 worse
            Slices
              Slice    Rows  Positives          auc    95 % interval
              maker=A   120         10       0.6500  0.6000 – 0.7000  below the floor: auc
              maker=B     8          0  not defined                   too few rows to be gated
            Gates
              1 of 3 gates failed, with no version to compare with.
              Verdict  Gate               Value  Bound          Reason
              FAIL     slice maker=A auc   0.65  >= 0.7         auc of the 120 rows with maker=A is 0.65, which is not >= 0.7.
              pass     metric auc           0.9  >= 0.8
              info     slice maker=B auc         reported only
            Full report (open in a browser):
            {Page}

            """));
        Assert.That(await File.ReadAllTextAsync(Page), Does.Contain("Refused because 1 of 3 gates failed"));
    }

    [Test]
    public async Task FailedJobHasAPageToo()
    {
        await Report.ShowQualityAsync(_environment, new(Job, TrainingResult.Failed, "no memory", null, null, default), default);

        Assert.That(_output.ToString(), Is.EqualTo($"Full report (open in a browser):\n{Page}\n"));
        Assert.That(await File.ReadAllTextAsync(Page), Does.Contain("Failed: no memory"));
    }

    private PlainReport Report => new(_output, new(), _time);

    private string Page => Path.Combine(Path.GetFullPath(_fixture.Folders.Store), "training-jobs", Job, "report.html");

    private static ModelSchema Schema => new(
        ModelTask.Binary, "failed", [new("maker", ColumnKind.Categorical, ["A", "B"], null, null, null)], ["maker=A", "maker=B"],
        new("probability", "FP32", [-1, 1]), 0.5, ["0", "1"]);

    private static ModelMetrics Metrics => new(
        new Dictionary<string, Metric> { ["auc"] = new(0.9, 0.85, 0.95), ["logLoss"] = new(0.2) },
        [
            new("maker=A", 120, 10, new Dictionary<string, Metric> { ["auc"] = new(0.65, 0.6, 0.7) }),
            new("maker=B", 8, 0, new Dictionary<string, Metric>()),
        ],
        new Dictionary<string, Metric> { ["auc"] = new(0.875), ["logLoss"] = new(0.15) },
        new(1000, 600, 200, 200, new Dictionary<string, double> { ["maker"] = 0 }, 0.1), 10, 9);

    private async Task LeaveArtifactAsync()
    {
        byte[] onnx = [0x08, 0x08, 0x3A, 0x02, 0x12, 0x00];
        await WriteAsync(StoreKeys.TrainingArtifact(Job), await PackedArtifact.CreateAsync(new Dictionary<string, byte[]>
        {
            [ArtifactFiles.Onnx] = onnx,
            [ArtifactFiles.Spec] = Spec,
            [ArtifactFiles.Schema] = Json(Schema, RegistryJson.Default.ModelSchema),
            [ArtifactFiles.Metrics] = Json(Metrics, RegistryJson.Default.ModelMetrics),
            [ArtifactFiles.Training] = Json(
                new("linear", new Dictionary<string, string>(), 1, new('a', 64), 1000, Sha256(onnx), "x64", new Dictionary<string, string>()),
                RegistryJson.Default.TrainingEvidence),
        }));
    }

    private Task WriteAsync(string key, byte[] content) => _environment.Store.PutAsync(key, new MemoryStream(content), PutCondition.None);

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
