using Slipway.Registry;
using Slipway.Trainer.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Job;

/// <summary>Errors are written to <c>output/failure</c> with their place and advice, and no model is left.</summary>
public sealed class BadInputTests
{
    private static readonly string Csv = SampleModels.Csv(SampleModels.TumorDiagnosis);

    private JobRoom _room = null!;

    [SetUp]
    public void Prepare() => _room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);

    [TearDown]
    public void Remove() => _room.Dispose();

    [Test]
    public async Task NamesEveryMissingColumnAndWhatIsThere()
    {
        _room.GiveDataset(SampleModels.Without(Csv, "area_worst").Replace("radius_mean", "radius_men", StringComparison.Ordinal));

        Assert.That(await _room.FailAsync(), Does.StartWith("data.csv lacks columns that the model needs:")
            .And.Contain("column 'radius_mean'. Did you mean radius_men?").And.Contain("column 'area_worst'").And.Contain("Its columns: id, diagnosis, radius_men"));
    }

    [Test]
    public async Task NamesAMissingLabel()
    {
        _room.GiveDataset(SampleModels.Without(Csv, "diagnosis"));

        Assert.That(await _room.FailAsync(), Does.Contain("target column 'diagnosis'"));
    }

    [Test]
    public async Task NamesAMissingId()
    {
        _room.GiveDataset(SampleModels.Without(Csv, "id"));

        Assert.That(await _room.FailAsync(), Does.Contain("column 'id'"));
    }

    [Test]
    public async Task NamesTheRowOfTextInANumericColumn()
    {
        var lines = Csv.Split('\n');
        lines[5] = lines[5].Replace(lines[5].Split(',')[3], "n/a", StringComparison.Ordinal);
        _room.GiveDataset(string.Join('\n', lines));

        Assert.That(await _room.FailAsync(), Does.StartWith("data.csv, data row 5: 'n/a' in the numeric column 'texture_mean' is not a finite number."));
    }

    [TestCase("Infinity")]
    [TestCase("1e99")]
    public async Task RefusesInfinity(string value)
    {
        var lines = Csv.Split('\n');
        lines[9] = string.Join(',', lines[9].Split(',').Select((cell, i) => i == 4 ? value : cell));
        _room.GiveDataset(string.Join('\n', lines));

        Assert.That(await _room.FailAsync(), Does.Contain($"data row 9: '{value}' in the numeric column 'perimeter_mean'"));
    }

    [Test]
    public async Task RefusesOneClass()
    {
        _room.GiveDataset(string.Join('\n', Csv.Split('\n').Where(line => !line.Contains(",M,", StringComparison.Ordinal))));

        Assert.That(await _room.FailAsync(), Does.Contain("all 357 rows have the same value 'B' in the target column 'diagnosis'").And.Contain("'positive' in model.json is 'M', which no row has"));
    }

    [Test]
    public async Task RefusesTooFewRowsForTheSplit()
    {
        _room.GiveDataset(string.Join('\n', Csv.Split('\n').Take(1).Concat(Csv.Split('\n').Skip(18).Take(4))));

        Assert.That(await _room.FailAsync(), Does.Contain("each side needs both classes"));
    }

    [Test]
    public async Task RefusesAnEmptyFile()
    {
        _room.GiveDataset("");

        Assert.That(await _room.FailAsync(), Does.Contain("data.csv is empty"));
    }

    [Test]
    public async Task RefusesAHeaderWithoutRows()
    {
        _room.GiveDataset(Csv.Split('\n')[0] + "\n");

        Assert.That(await _room.FailAsync(), Does.Contain("data.csv has a header but no rows"));
    }

    [Test]
    public async Task RefusesTwoDatasets()
    {
        _room.GiveDataset(Csv, "other.csv");

        Assert.That(await _room.FailAsync(), Does.Contain("must contain exactly one CSV file, but contains 2: data.csv, other.csv."));
    }

    [Test]
    public async Task RefusesNoDataset()
    {
        File.Delete(Path.Combine(_room.Root, "input/data/training/data.csv"));

        Assert.That(await _room.FailAsync(), Does.Contain("must contain exactly one CSV file, but contains 0 and nothing else."));
    }

    [Test]
    public async Task NamesDatasetsInFolders()
    {
        Directory.CreateDirectory(Path.Combine(_room.Root, "input/data/training/2026/11"));
        _room.GiveDataset(Csv, "2026/11/other.csv");

        Assert.That(await _room.FailAsync(), Does.Contain("must contain exactly one CSV file, but contains 2: 2026/11/other.csv, data.csv."));
    }

    [Test]
    public async Task NamesNoMoreFilesThanAnybodyReads()
    {
        for (var i = 0; i < 100; i++)
            _room.GiveDataset(Csv[..100], $"part{i:000}.csv");

        Assert.That(await _room.FailAsync(), Does.Contain("contains 101: data.csv, part000.csv,").And.Contain("part018.csv and 81 more."));
    }

    [Test]
    public async Task RefusesAColumnWithoutAnyValue()
    {
        _room.GiveDataset(string.Join('\n', Csv.TrimEnd('\n').Split('\n').Select((line, row) =>
            string.Join(',', line.Split(',').Select((cell, i) => row > 0 && i == 2 ? "" : cell)))));

        Assert.That(await _room.FailAsync(), Does.Contain("the column 'radius_mean' has no value in any training row"));
    }

    [Test]
    public async Task RefusesAnIdAsACategory()
    {
        _room.GiveSpec("""
            { "description": "x", "task": "binary", "label": "y", "features": { "name": "categorical" }, "trainer": "linear",
              "gates": { "metrics": { "auc": { "atLeast": 0.5 } } } }
            """);
        _room.GiveDataset("name,y\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"n{i},{i % 2}\n")));

        Assert.That(await _room.FailAsync(), Does.Contain("the categorical column 'name' has more than 1000 different values. If it is an id"));
    }

    [Test]
    public async Task RefusesAnUnknownHyperparameter()
    {
        _room.GiveHyperparameters("""{ "l2Regularisation": "2" }""");

        Assert.That(await _room.FailAsync(), Does.Contain("'l2Regularisation' in the job's hyperparameters is unknown. Did you mean l2Regularization?"));
    }

    [TestCase("""{ "seed": 3 }""", "the value of 'seed' is not a string")]
    [TestCase("""{ "seed": "-3" }""", "The hyperparameter 'seed' is '-3'")]
    [TestCase("""{ "l2Regularization": "\"a lot\"" }""", "'l2Regularization' in the job's hyperparameters must be a number")]
    [TestCase("""{ "l2Regularization": "\"" }""", "'l2Regularization' in the job's hyperparameters must be a number")]
    [TestCase("""{ "l2Regularization": "\"\\u12\"" }""", "'l2Regularization' in the job's hyperparameters must be a number")]
    [TestCase("""{ "tuning": "1" }""", "'tuning' in the job's hyperparameters is unknown")]
    [TestCase("""{ "\ud800": "1" }""", "cannot be read")]
    [TestCase("""{ "l2Regularization": "\ud800" }""", "cannot be read")]
    [TestCase("[]", "must contain a JSON object")]
    [TestCase("{", "cannot be read")]
    public async Task RefusesHyperparametersThatSageMakerWouldNotWrite(string json, string reason)
    {
        _room.GiveHyperparameters(json);

        Assert.That(await _room.FailAsync(), Does.Contain(reason));
    }

    [Test]
    public async Task RefusesPipeMode()
    {
        _room.GiveConfig("inputdataconfig.json", """{ "training": { "TrainingInputMode": "Pipe" } }""");

        Assert.That(await _room.FailAsync(), Does.Contain("The channel 'training' is in Pipe mode"));
    }

    [Test]
    public async Task RefusesSeveralInstances()
    {
        _room.GiveConfig("resourceconfig.json", """{ "current_host": "algo-1", "hosts": ["algo-1", "algo-2"] }""");

        Assert.That(await _room.FailAsync(), Does.Contain("The job runs on 2 instances"));
    }

    [TestCase("linear", """{ "l1Regularization": "100000" }""")]
    [TestCase("LightGBM", """{ "minimumExampleCountPerLeaf": "100000" }""")]
    public async Task RefusesAModelThatAlwaysSaysTheSame(string trainer, string hyperparameters)
    {
        _room.GiveHyperparameters(hyperparameters).GiveSpec(_room.ReadText("input/data/spec/model.json")
            .Replace("\"trainer\": \"linear\"", $"\"trainer\": \"{trainer}\"", StringComparison.Ordinal)
            .Replace("\"hyperparameters\": { \"l1Regularization\": 0.1, \"l2Regularization\": 1 },", "", StringComparison.Ordinal));

        Assert.That(await _room.FailAsync(), Does.Contain("for every validation row: it found nothing that distinguishes the rows"));
    }

    [Test]
    public async Task RefusesAMissingSpec()
    {
        File.Delete(Path.Combine(_room.Root, "input/data/spec/model.json"));

        Assert.That(await _room.FailAsync(), Does.Contain("The channel 'spec' contains no model.json"));
    }

    [Test]
    public async Task RefusesAnEmptyDescriptionBecauseTheModelCardNeedsIt()
    {
        var spec = _room.ReadText("input/data/spec/model.json");
        var start = spec.IndexOf("\"description\": \"", StringComparison.Ordinal) + "\"description\": \"".Length;
        _room.GiveSpec(spec.Remove(start, spec.IndexOf("\",", start, StringComparison.Ordinal) - start));

        Assert.That(await _room.FailAsync(), Does.Contain("empty 'description'"));
    }

    [Test]
    public async Task SaysThatItWasStopped()
    {
        Assert.That(await _room.TrainAsync(stop: Task.CompletedTask), Is.EqualTo(1));

        Assert.That(_room.Failure, Does.StartWith("The job was stopped"));
        Assert.That(_room.Files(), Is.Empty);
    }

    [Test]
    public void SettlesARaceBetweenStoppingAndWriting()
    {
        using var first = new JobStop();
        using var second = new JobStop();
        first.BeginWriting();

        Assert.That(first.TryStop(), Is.False);
        Assert.That(second.TryStop(), Is.True);
        Assert.That(second.BeginWriting, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void RefusesBeforeTheFitWhatDoesNotFitIntoMemory()
    {
        using var output = new StringWriter();
        using var stop = new JobStop();
        var job = new TrainingJob(new(_room.Root), ModelTrainers.All, new(output, TimeProvider.System), TimeProvider.System) { AvailableMemory = 1_000_000 };

        Assert.That(() => job.Run(stop), Throws.TypeOf<SlipwayException>().With.Message.Contains("only 0.00 GB of memory is available"));
        Assert.That(output.ToString(), Does.Not.Contain("Fitted"));
    }
}
