using Slipway.Registry;
using Slipway.Registry.Artifacts;

namespace Slipway.Trainer.Tests.Job;

/// <summary>The job with one thing different each time.</summary>
public sealed class TrainingVariationsTests
{
    private static readonly string[] NotFeatures = ["Product ID", "TWF", "HDF", "PWF", "OSF", "RNF"];

    [Test]
    public async Task LearnsNothingFromColumnsThatAreNoFeatures()
    {
        using var full = await new JobRoom().GiveModel(SampleModels.PredictiveMaintenance).SucceedAsync();
        using var bare = new JobRoom().GiveModel(SampleModels.PredictiveMaintenance);
        bare.GiveDataset(SampleModels.Without(SampleModels.Csv(SampleModels.PredictiveMaintenance), NotFeatures));
        await bare.SucceedAsync();

        Assert.That(bare.Bytes(ArtifactFiles.Onnx), Is.EqualTo(full.Bytes(ArtifactFiles.Onnx)));
    }

    [TestCase("TWF", "'TWF' is both ignored and a feature")]
    [TestCase("UDI", "'UDI' is both an id and a feature")]
    [TestCase("Machine failure", "The target column 'Machine failure' is also a feature")]
    public async Task CatchesALeakInTheSpec(string leak, string reason)
    {
        using var room = new JobRoom().GiveModel(SampleModels.PredictiveMaintenance);
        room.GiveSpec(room.ReadText("input/data/spec/model.json").Replace(
            "\"Torque [Nm]\": \"numeric\",", $"\"Torque [Nm]\": \"numeric\", \"{leak}\": \"numeric\",", StringComparison.Ordinal));

        Assert.That(await room.FailAsync(), Does.Contain(reason));
    }

    [Test]
    public async Task ReadsTheOriginalsByteOrderMark()
    {
        using var plain = await new JobRoom().GiveModel(SampleModels.TumorDiagnosis).SucceedAsync();
        using var marked = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);
        marked.GiveDataset('\uFEFF' + SampleModels.Csv(SampleModels.TumorDiagnosis));
        await marked.SucceedAsync();

        Assert.That(marked.Bytes(ArtifactFiles.Onnx), Is.EqualTo(plain.Bytes(ArtifactFiles.Onnx)));
    }

    [TestCase("LightGBM")]
    [TestCase("FastTree")]
    public async Task TrainsWithTheOtherTrainersToo(string trainer)
    {
        using var room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);
        room.GiveSpec(room.ReadText("input/data/spec/model.json")
            .Replace("\"trainer\": \"linear\"", $"\"trainer\": \"{trainer}\"", StringComparison.Ordinal)
            .Replace("\"hyperparameters\": { \"l1Regularization\": 0.1, \"l2Regularization\": 1 },", "", StringComparison.Ordinal));
        await room.SucceedAsync();

        Assert.That(room.Read(ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence).Trainer, Is.EqualTo(trainer));
        Assert.That(room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics).Holdout["auc"].Value, Is.GreaterThan(0.95));
    }

    [Test]
    public async Task TakesHyperparametersAndSeedFromTheJob()
    {
        using var room = new JobRoom().GiveModel(SampleModels.PredictiveMaintenance)
            .GiveHyperparameters("""{ "seed": "7", "numberOfTrees": "20" }""");
        await room.SucceedAsync();
        var evidence = room.Read(ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence);

        Assert.That(evidence.Seed, Is.EqualTo(7));
        Assert.That(evidence.Hyperparameters["numberOfTrees"], Is.EqualTo("20"));
        Assert.That(evidence.Hyperparameters["numberOfLeaves"], Is.EqualTo("8"), "from model.json");
    }

    [Test]
    public async Task LeavesToThePlatformWhatItAddsForItself()
    {
        using var room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis).GiveHyperparameters("""
            { "_tuning_objective_metric": "averagePrecision", "sagemaker_job_name": "\"tumor-1\"", "sagemaker_program": "\"train.py\"", "sagemaker_region": "\"eu-west-1\"",
              "l2Regularization": "\"0.5\"", "l1Regularization": "0.25", "seed": "\"7\"" }
            """);
        await room.SucceedAsync();
        var evidence = room.Read(ArtifactFiles.Training, RegistryJson.Default.TrainingEvidence);

        Assert.That((evidence.Hyperparameters["l2Regularization"], evidence.Hyperparameters["l1Regularization"], evidence.Seed), Is.EqualTo(("0.5", "0.25", 7)));
        Assert.That(evidence.Hyperparameters.Keys, Has.None.StartsWith("_").And.None.StartsWith("sagemaker"));
    }

    [Test]
    public async Task FindsTheDatasetAmongFoldersAndHiddenFiles()
    {
        using var room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);
        var training = Path.Combine(room.Root, "input/data/training");
        Directory.CreateDirectory(Path.Combine(training, "2026/11"));
        Directory.CreateDirectory(Path.Combine(training, ".ipynb_checkpoints"));
        File.Move(Path.Combine(training, "data.csv"), Path.Combine(training, "2026/11/data.csv"));
        room.GiveDataset("x", ".~lock.data.csv").GiveDataset("x", ".ipynb_checkpoints/data.csv").GiveDataset("", "_SUCCESS");
        await room.SucceedAsync();

        Assert.That(room.Output, Does.Contain("Read data.csv"));
    }

    [Test]
    public async Task LeavesOutTheRowNumbersThatPandasWrites()
    {
        using var plain = await new JobRoom().GiveModel(SampleModels.TumorDiagnosis).SucceedAsync();
        using var room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);
        var lines = SampleModels.Csv(SampleModels.TumorDiagnosis).TrimEnd('\n').Split('\n');
        room.GiveDataset(string.Join('\n', lines.Select((line, i) => i == 0 ? $",{line}" : $"{i - 1},{line}")));
        await room.SucceedAsync();

        Assert.That(room.Bytes(ArtifactFiles.Onnx), Is.EqualTo(plain.Bytes(ArtifactFiles.Onnx)));
        Assert.That(room.Output, Does.Contain("The first column has no name: it is treated as row numbers and ignored"));
    }

    [Test]
    public async Task LearnsFromRowsWithMissingValues()
    {
        using var room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);
        var lines = SampleModels.Csv(SampleModels.TumorDiagnosis).TrimEnd('\n').Split('\n');
        for (var i = 1; i < lines.Length; i += 10)
            lines[i] = string.Join(',', lines[i].Split(',').Select((cell, column) => column == 2 ? "" : cell));
        room.GiveDataset(string.Join('\n', lines));
        await room.SucceedAsync();
        var baseline = room.Read(ArtifactFiles.Baseline, RegistryJson.Default.FeatureBaseline).Columns[0];

        Assert.That(room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics).Data.Missing["radius_mean"], Is.EqualTo(0.1).Within(0.01));
        Assert.That(baseline.Missing, Is.Positive);
        Assert.That(baseline.Counts, Has.All.EqualTo(10).Within(4), "the imputed median must not swell its bin");
    }

    [Test]
    public async Task MentionsColumnsThatNobodyNamed()
    {
        using var room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);
        var lines = SampleModels.Csv(SampleModels.TumorDiagnosis).TrimEnd('\n').Split('\n');
        room.GiveDataset(string.Join('\n', lines.Select((line, i) => line + (i == 0 ? ",operator" : ",x"))));
        await room.SucceedAsync();

        Assert.That(room.Output, Does.Contain("Ignored columns that are not in model.json: operator"));
    }

    [Test]
    public async Task SaysWhyAChampionOfAnotherSchemaIsNotCompared()
    {
        using var other = await new JobRoom().GiveModel(SampleModels.TumorDiagnosis).SucceedAsync();
        using var room = await new JobRoom().GiveModel(SampleModels.PredictiveMaintenance)
            .GiveChampion(other.Bytes(ArtifactFiles.Onnx)).SucceedAsync();

        Assert.That(room.Output, Does.Contain("The champion is not compared: it predicts 'diagnosis' (B/M), the candidate 'Machine failure' (0/1)"));
        Assert.That(room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics).Champion, Is.Null);
    }

    [Test]
    public async Task SaysWhichColumnsOfTheChampionAreGone()
    {
        using var champion = await new JobRoom().GiveModel(SampleModels.PredictiveMaintenance).SucceedAsync();
        using var room = new JobRoom().GiveModel(SampleModels.PredictiveMaintenance).GiveChampion(champion.Bytes(ArtifactFiles.Onnx));
        room.GiveSpec(room.ReadText("input/data/spec/model.json").Replace("\"Torque [Nm]\": \"numeric\",", "", StringComparison.Ordinal));
        room.GiveDataset(SampleModels.Without(SampleModels.Csv(SampleModels.PredictiveMaintenance), "Torque [Nm]"));
        await room.SucceedAsync();

        Assert.That(room.Output, Does.Contain("The champion is not compared: the dataset lacks its columns 'Torque [Nm]'"));
    }

    [Test]
    public async Task ComparesWithAChampionThatKnowsFewerColumns()
    {
        using var champion = new JobRoom().GiveModel(SampleModels.PredictiveMaintenance);
        champion.GiveSpec(champion.ReadText("input/data/spec/model.json").Replace("\"Torque [Nm]\": \"numeric\",", "", StringComparison.Ordinal));
        await champion.SucceedAsync();
        using var room = await new JobRoom().GiveModel(SampleModels.PredictiveMaintenance)
            .GiveChampion(champion.Bytes(ArtifactFiles.Onnx)).SucceedAsync();
        var alone = champion.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics);

        Assert.That(room.Read(ArtifactFiles.Metrics, RegistryJson.Default.ModelMetrics).Champion, Is.EqualTo(alone.Holdout));
    }

    [Test]
    public async Task GoesOnWithoutAChampionThatIsNoModel()
    {
        using var room = await new JobRoom().GiveModel(SampleModels.TumorDiagnosis).GiveChampion([1, 2, 3]).SucceedAsync();

        Assert.That(room.Output, Does.Contain("The champion is not compared: The champion cannot be read"));
    }
}
