using System.Text;
using Slipway.Automation;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Traces;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Traces;

public sealed class EnvironmentTracesTests
{
    private static readonly string Spec = """
        { "description": "Pumps", "task": "binary", "label": "failed", "trainer": "linear", "id": ["pump"], "features": { "pressure": "numeric" },
          "gates": { "metrics": { "averagePrecision": { "atLeast": 0.5 } } } }
        """;

    private string _root = null!;
    private EnvironmentDouble _environment = null!;
    private StringWriter _output = null!;

    [SetUp]
    public async Task SetUp()
    {
        _root = Directory.CreateTempSubdirectory("slipway-traces-").FullName;
        _environment = new(new LocalFolders(_root));
        _output = new();
        await Put("datasets/pumps/pumps.csv", "pump,pressure,failed\n7,1,0\n8,2,1\n");
        await new DatasetArrived(_environment.Store, _environment.Time).HandleAsync(
            new("pumps", Encoding.UTF8.GetBytes(Spec), "datasets/pumps/pumps.csv", new(new('c', 40), false), new("r", "X64", new Dictionary<string, string>()), "ada"), default);
        await Put("datasets/pumps/untouched.csv", "pump,pressure,failed\n9,1,0\n");
    }

    [TearDown]
    public void TearDown() => TestFolder.Remove(_root);

    [TestCase("pumps.csv"), TestCase("datasets/pumps/pumps.csv")]
    public async Task DatasetIsFoundByItsNameAndByItsKey(string asked)
    {
        await ShowDataset(asked);

        Assert.That(_output.ToString(), Does.Contain("Training jobs of 'pumps'").And.Contain("Where its versions of 'pumps' served"));
    }

    [Test]
    public async Task DatasetThatNoJobUsedIsThereAllTheSame()
    {
        await ShowDataset("untouched.csv");

        Assert.That(_output.ToString(), Does.Contain("No training job used dataset 'datasets/pumps/untouched.csv'."));
    }

    [TestCase("pump.csv"), TestCase("../secret")]
    public void UnknownDatasetIsAnError(string asked) =>
        Assert.That(() => ShowDataset(asked), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("There is no dataset '").And.Message.Contains("datasets/pumps/file.csv"));

    [Test]
    public async Task RowIsSearchedInEveryDataset()
    {
        await Traces.ShowRowAsync("pumps", new("pump", "9"), default);

        Assert.That(_output.ToString(), Does.Contain("1 of 2 stored datasets with 3 rows searched.").And.Contain("datasets/pumps/untouched.csv").And.Contain("'pump' is not a feature of the model"));
    }

    [Test]
    public void ColumnThatNoDatasetHasIsAnError() =>
        Assert.That(() => Traces.ShowRowAsync("pumps", new("Pump", "9"), default), Throws.TypeOf<SlipwayException>().With.Message.EqualTo(
            "No dataset of 'pumps' has a column 'Pump'. Did you mean pump? Columns: pump, pressure, failed."));

    [Test]
    public async Task DatasetThatCannotBeReadMakesTheTraceFail()
    {
        await Put("datasets/pumps/broken.csv", "pump,pressure,failed\n9\n");

        Assert.That(() => Traces.ShowRowAsync("pumps", new("pump", "9"), default), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("The answer is not complete: 1 dataset could not"));
    }

    private EnvironmentTraces Traces => new(_environment, new PlainReport(_output, new(), TimeProvider.System));

    private Task ShowDataset(string asked) => Traces.ShowDatasetAsync(asked, Path.Combine(_root, "no-such-file"), version: null, model: null, "pumps", default);

    private async Task Put(string key, string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content), writable: false);
        await _environment.Store.PutAsync(key, stream, PutCondition.None);
    }
}
