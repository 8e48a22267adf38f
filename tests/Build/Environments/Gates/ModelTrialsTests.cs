using System.Text;
using Slipway.Automation.Reports;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.Training;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Gates;

/// <summary>Which models are tried against what, with a trainer that only says how it ended.</summary>
public sealed class ModelTrialsTests
{
    private const string Spec =
        """
        {
          "description": "Pumps that are about to fail", "task": "binary", "label": "failed", "trainer": "linear", "dataset": { "file": "sample.csv" },
          "features": { "pressure": "numeric" }, "gates": { "metrics": { "averagePrecision": { "atLeast": 0.5 } } }
        }
        """;

    private LocalFolderFixture _served = null!;
    private LocalFolderFixture _scratch = null!;
    private EnvironmentDouble _environment = null!;
    private StringWriter _output = null!;

    [SetUp]
    public void SetUp()
    {
        (_served, _scratch, _output) = (new(), new(), new());
        _environment = new(_served.Folders);
    }

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        _served.Dispose();
        _scratch.Dispose();
    }

    [Test]
    public async Task RefusalAndFailureOfSomeKeepNoOtherFromItsTrial()
    {
        var trials = await Try(
            Ending(("a", TrainingResult.Refused), ("b", TrainingResult.Failed), ("c", TrainingResult.Registered)), Model("a"), Model("b"), Broken("broken"), Model("c"));

        Assert.That(
            trials.Select(trial => (trial.Model, trial.Verdict)),
            Is.EqualTo(new[] { ("a", TrialVerdict.Refused), ("b", TrialVerdict.Failed), ("broken", TrialVerdict.Failed), ("c", TrialVerdict.Passed) }));
        Assert.That(trials[2].Reason, Does.Contain("model.json"));
    }

    [Test]
    public async Task DatasetOfTheEnvironmentIsTakenAndNotTheSample()
    {
        await Put("pumps", "live.csv");
        var trial = (await Try(Ending(("pumps", TrainingResult.Registered)), Model("pumps"))).Single();

        Assert.That(trial.Record!.Lineage.Dataset.Key, Is.EqualTo("datasets/pumps/live.csv"));
        Assert.That((await _environment.Store.ListAsync("").ToListAsync()).Select(found => found.Key), Is.EqualTo(new[] { "datasets/pumps/live.csv" }), "it is only read");
    }

    [Test]
    public async Task SampleIsTakenWhereTheEnvironmentHasNoData()
    {
        var trial = (await Try(Ending(("pumps", TrainingResult.Registered)), Model("pumps"))).Single();

        Assert.That((trial.Record!.Lineage.Dataset.Key, trial.Champion, trial.Record.IsTrial), Is.EqualTo(("datasets/pumps/sample.csv", (int?)null, true)));
        Assert.That(_output.ToString(), Does.Contain("no version in shore yet"));
    }

    [Test]
    public async Task EnvironmentThatWasNeverBuiltServesNothing()
    {
        var scratch = new EnvironmentDouble(_scratch.Folders) { Ending = Ending(("pumps", TrainingResult.Registered)) };
        var trials = await new ModelTrials("shore", new(null, scratch), scratch, Build, Report).RunAsync([Model("pumps")], default);

        Assert.That(trials.Single(), Has.Property(nameof(ModelTrial.Verdict)).EqualTo(TrialVerdict.Passed).And.Property(nameof(ModelTrial.Champion)).Null);
    }

    [TestCase("\"trainer\": \"outside\"", "trained elsewhere")]
    [TestCase("\"trainer\": \"linear\"", "no data to train it on")]
    public async Task ModelThatCannotBeTrainedHereIsNotTriedAndIsNoFailure(string trainer, string reason)
    {
        var spec = Spec.Replace(", \"dataset\": { \"file\": \"sample.csv\" }", "", StringComparison.Ordinal).Replace("\"trainer\": \"linear\"", trainer, StringComparison.Ordinal);
        var trial = (await Try(Ending(), Model("pumps", spec))).Single();

        Assert.That((trial.Verdict, trial.Record), Is.EqualTo((TrialVerdict.NotTrained, (TrainingRecord?)null)));
        Assert.That(trial.Reason, Does.Contain(reason));
        Assert.That(() => TrialsReport.Require([trial]), Throws.Nothing);
    }

    [Test]
    public void GateThatSaidNoEndsWithARefusal() => Assert.That(
        () => TrialsReport.Require([TrialRecords.Passed("a"), TrialRecords.Refused("b")]), Throws.TypeOf<RefusedException>().With.Message.Contains("'b'"));

    [Test]
    public void FailureIsOneAlsoBesideARefusal() => Assert.That(
        () => TrialsReport.Require([TrialRecords.Refused("a"), TrialRecords.Broken("b")]),
        Throws.TypeOf<SlipwayException>().With.Message.Contains("'b'").And.Message.Contains("refused 'a'"));

    [Test]
    public void WhatPassedEndsWell() => Assert.That(() => TrialsReport.Require([TrialRecords.Passed()]), Throws.Nothing);

    private PlainReport Report => new(_output, new Outcome(), TimeProvider.System);

    private TrainerBuild Build => new(new("release", Path.Combine(_scratch.Root, "no-trainer")), "release", new("commit", Dirty: false), "tester");

    private Task<IReadOnlyList<ModelTrial>> Try(Func<string, TrainingOutcome> ending, params ModelFolder[] models)
    {
        var scratch = new EnvironmentDouble(_scratch.Folders) { Ending = ending };
        return new ModelTrials("shore", new(_environment, scratch), scratch, Build, Report).RunAsync(models, default);
    }

    private static Func<string, TrainingOutcome> Ending(params (string Model, TrainingResult Result)[] endings) => model =>
        new("", endings.Single(ending => ending.Model == model).Result, "So it ended.", null, null, default);

    private ModelFolder Broken(string name) => Model(name, "{");

    private ModelFolder Model(string name, string spec = Spec)
    {
        var model = new ModelFolder(name, Directory.CreateDirectory(Path.Combine(_scratch.Root, "models", name)).FullName);
        File.WriteAllText(model.SpecPath, spec);
        File.WriteAllText(Path.Combine(model.Folder, "sample.csv"), "pressure,failed\n1,0\n");
        return model;
    }

    private async Task Put(string model, string file)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("pressure,failed\n2,1\n"));
        await _environment.Store.PutAsync(StoreKeys.Dataset(model, file), content, PutCondition.None);
    }
}
