using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;

namespace Slipway.EndToEnd.Tests;

/// <summary>The notebook under training/notebooks, run from top to end against an environment on this machine.</summary>
public sealed partial class NotebookTests
{
    private readonly LocalSystem _system = new();

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [Test]
    public async Task TrainsHereWhatProductionTrainsAndAsksTheServedModel()
    {
        Notebook.RequireJupyter();
        await _system.BringTrainedModels();
        await _system.Succeeds(_system.Deploy());

        var printed = await Notebook.ToProduction.RunAsync(new Dictionary<string, string>
        {
            ["SLIPWAY_HOME"] = _system.Home,
            ["SLIPWAY_NOTEBOOK_URL"] = _system.Url,
            // the solution is built already, and these tests run from its output
            ["SLIPWAY_NOTEBOOK_ARGUMENTS"] = "--exclusive",
            ["CI"] = "true",
        });

        var manifest = (await new ModelVersions(_system.Store).GetAsync(LocalSystem.Model, 1, default))!;
        ShowsTheMetricsOf(manifest, printed);
        ComparesBothRuns(manifest, printed);
        Assert.That(printed, Does.Contain(manifest.Artifact.OnnxSha256).And.Contain("The gateway serves version 1, whose ONNX file is byte-identical to the one trained above."));
        Assert.That(printed, Does.Match(@"(?m)^input +features +float +\['N', 8\]$").And.Match(@"(?m)^output +probability +float +\['N', 1\]$"));
        Assert.That(printed, Does.Contain("No AWS environment is set"));
        AnswersWithItsLineage(manifest, printed);
    }

    [Test]
    public async Task CellThatRaisesFailsWithItsError()
    {
        Notebook.RequireJupyter();
        var notebook = JsonNode.Parse(await File.ReadAllTextAsync(Notebook.ToProduction.Path))!;
        notebook["cells"] = new JsonArray(new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = "broken",
            ["metadata"] = new JsonObject(),
            ["execution_count"] = null,
            ["outputs"] = new JsonArray(),
            ["source"] = "raise RuntimeError(' '.join(['the', 'cell', 'is', 'broken']))",
        });
        var path = Path.Combine(_system.Home, "broken.ipynb");
        await File.WriteAllTextAsync(path, notebook.ToJsonString());

        var failure = await Assert.ThrowsAsync<AssertionException>(() => new Notebook(path).RunAsync(new Dictionary<string, string>()));

        Assert.That(failure!.Message, Does.Contain("broken.ipynb was not run to its end").And.Contain("RuntimeError: the cell is broken"));
    }

    [Test]
    public async Task IsCommittedWithoutOutputsOrTracesOfAMachine()
    {
        var text = await File.ReadAllTextAsync(Notebook.ToProduction.Path);
        var notebook = JsonNode.Parse(text)!;
        var cells = notebook["cells"]!.AsArray();
        var code = cells.Where(cell => (string)cell!["cell_type"]! == "code").ToList();

        Assert.That(((int)notebook["nbformat"]!, (int)notebook["nbformat_minor"]!), Is.EqualTo((4, 5)));
        Assert.That((string)notebook["metadata"]!["kernelspec"]!["name"]!, Is.EqualTo("python3"));
        Assert.That(cells.Select(cell => (string)cell!["id"]!), Is.Unique);
        Assert.That(code.SelectMany(cell => cell!["outputs"]!.AsArray()), Is.Empty);
        Assert.That(code.Select(cell => cell!["execution_count"]), Is.All.Null);
        Assert.That(text, Does.Not.Match(@"/home/|/root/|/Users/|/tmp/|[A-Z]:\\\\"));
    }

    private static void ShowsTheMetricsOf(ModelManifest manifest, string printed)
    {
        foreach (var (name, metric) in manifest.Metrics.Holdout)
            Assert.That(printed, Does.Match($@"(?m)^{name} +{Number(metric.Value)} +{Number(metric.Low!.Value)} to {Number(metric.High!.Value)}$"));
        foreach (var slice in manifest.Metrics.Slices)
            Assert.That(printed, Does.Match($@"(?m)^{slice.Slice} +{slice.Rows} +{Number(slice.Metrics["auc"].Value)}$"));
    }

    private static void ComparesBothRuns(ModelManifest manifest, string printed)
    {
        Assert.That(printed, Does.Match("(?m)^metric +unchanged +changed +difference$").And.Contain("\"numberOfLeaves\": 31"));
        foreach (var (name, metric) in manifest.Metrics.Holdout)
            Assert.That(printed, Does.Match($@"(?m)^{name} +{Number(metric.Value)} +-?\d+\.\d{{4}} +[+-]\d+\.\d{{4}}$"));
        Assert.That(printed, Does.Match(@"(?m)^auc .* [+-]\d\.\d*[1-9]\d*$"), "different trees predict differently");
    }

    private static void AnswersWithItsLineage(ModelManifest manifest, string printed)
    {
        var text = PredictionIdHeader().Match(printed).Groups[1].Value;
        Assert.That(PredictionIds.TryParse(text, out var id), Is.True, text);
        Assert.That((id.Model, id.Version), Is.EqualTo((LocalSystem.Model, 1)));
        Assert.That(printed, Does.Match($"(?m)^{SlipwayHeaders.ModelVersion} +1$").And.Match($"(?m)^{SlipwayHeaders.TrainingJob} +{manifest.Lineage.TrainingJob}$"));
        Assert.That(printed, Does.Contain($"Feedback for {text} accepted: Machine failure was 0."));
        Assert.That(printed, Does.Match("id authentic +yes").And.Contain(manifest.Lineage.SpecSha256).And.Contain(manifest.Lineage.Dataset.Sha256!));
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    [GeneratedRegex("^x-slipway-prediction-id +([^ ]+)$", RegexOptions.Multiline)]
    private static partial Regex PredictionIdHeader();
}
