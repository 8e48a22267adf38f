using Slipway.Registry.Models;
using Slipway.Trainer.Tests.Proposals;

namespace Slipway.Trainer.Tests.Job;

public sealed class TrainerProgramTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-trainer-");

    [OneTimeTearDown]
    public void Remove()
    {
        TestFolder.Remove(_folder);
        _output.Dispose();
        _error.Dispose();
    }

    [TestCase("", "A command is missing.")]
    [TestCase("serve", "'serve' is not a command of the trainer.")]
    [TestCase("train --rot=/tmp", "'--rot' is unknown. Did you mean root?")]
    [TestCase("train /opt/ml", "'/opt/ml' is not of the form --name=value.")]
    [TestCase("train --root=/no/such/folder", "'/no/such/folder' is not a folder.")]
    [TestCase("train --root=/tmp --root=/tmp", "'--root' is given twice.")]
    [TestCase("generate --generator=iris --rows=1 --seed=1 --output=x.csv", "There is no generator 'iris'. Generators: ai4i2020.")]
    [TestCase("generate --generator=ai4i2020 --rows=0 --seed=1 --output=x.csv", "'--rows=0' is not a whole number from 1")]
    [TestCase("generate --generator=ai4i2020 --rows=10 --output=x.csv", "'--seed=' is missing.")]
    [TestCase("propose --label=y --model=m --output=model.json", "'--dataset=' is missing.")]
    [TestCase("propose --dataset=x.csv --label=y --model=My_Model --output=model.json", "'--model=My_Model' is not a valid model name: use lower-case letters")]
    [TestCase("propose --dataset=x.csv --label=y --model=m --task=ranking --output=model.json", "'--task=ranking' is not binary, multiclass or regression.")]
    public async Task EndsWithTwoAndOneLineOnWrongUsage(string arguments, string reason)
    {
        using var error = new StringWriter();

        Assert.That(await RunAsync(error, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)), Is.EqualTo(2));
        Assert.That(error.ToString(), Does.StartWith(reason).And.Contain("Usage: "));
        Assert.That(error.ToString().TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task GeneratesADataset()
    {
        var path = Path.Combine(_folder.FullName, "sub", "sample.csv");

        Assert.That(await RunAsync(_error, "generate", "--generator=ai4i2020", "--rows=25", "--seed=4", $"--output={path}"), Is.Zero);
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo(SampleModels.Generate(25, 4)));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(path)!), Has.Length.EqualTo(1), "nothing temporary is left");
    }

    [Test]
    public async Task ProposesAModel()
    {
        var (csv, path) = (Path.Combine(_folder.FullName, "pumps.csv"), Path.Combine(_folder.FullName, "pumps", "model.json"));
        await File.WriteAllTextAsync(csv, MadeUpCsv.Of(300, MadeUpCsv.Classes));
        using var output = new StringWriter();

        Assert.That(
            await TrainerProgram.RunAsync(["propose", $"--dataset={csv}", "--label=outcome", "--model=pumps", "--task=multiclass", $"--output={path}"], output, _error, TimeProvider.System),
            Is.Zero);
        Assert.That(ModelSpecReader.Read(await File.ReadAllBytesAsync(path), "model.json").Label, Is.EqualTo("outcome"));
        Assert.That(output.ToString().Split('\n').Where(line => !line.StartsWith('[')).First(), Is.EqualTo("pumps.csv: 300 rows, 6 columns"), "progress begins with the time in brackets");
    }

    [Test]
    public async Task SaysThatThereIsNoDatasetToProposeFrom()
    {
        using var error = new StringWriter();

        Assert.That(await RunAsync(error, "propose", "--dataset=/no/such.csv", "--label=y", "--model=m", $"--output={_folder.FullName}/m/model.json"), Is.EqualTo(1));
        Assert.That(error.ToString(), Does.Contain("The dataset '/no/such.csv' does not exist"));
    }

    [Test]
    public async Task SaysWhereAGeneratedDatasetCannotBeWritten()
    {
        using var error = new StringWriter();
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "");

        Assert.That(await RunAsync(error, "generate", "--generator=ai4i2020", "--rows=2", "--seed=4", $"--output={file}/x.csv"), Is.EqualTo(1));
        Assert.That(error.ToString(), Does.Contain("cannot be written"));
    }

    [Test]
    public async Task TrainsAFolder()
    {
        using var room = new JobRoom().GiveModel(SampleModels.TumorDiagnosis);

        Assert.That(await RunAsync(_error, "train", $"--root={room.Root}"), Is.Zero);
        Assert.That(room.Files(), Has.Length.EqualTo(13));
    }

    private Task<int> RunAsync(TextWriter error, params string[] args) => TrainerProgram.RunAsync(args, _output, error, TimeProvider.System);
}
