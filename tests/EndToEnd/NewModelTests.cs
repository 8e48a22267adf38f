using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Slipway.EndToEnd.Tests;

/// <summary>From a CSV file without a description to a prediction. NewModel writes to the models folder of a separate tree.</summary>
public sealed class NewModelTests
{
    private const string Model = "made-by-a-test";

    private readonly LocalSystem _system = new(inATreeOfItsOwn: true);

    private string ModelFolder => Path.Combine(_system.Root, "training", "models", Model);

    [OneTimeSetUp]
    public async Task StartServers()
    {
        await _system.BringTrainedModels();
        await _system.Succeeds(_system.Deploy());
    }

    [OneTimeTearDown]
    public async Task StopEverything() => await _system.DisposeAsync();

    [TearDown]
    public void RemoveModel()
    {
        if (Directory.Exists(ModelFolder))
            TestFolder.Remove(ModelFolder);
    }

    [Test]
    public async Task TwoCommandsLeadFromACsvToAnAnswer()
    {
        var proposed = await _system.Succeeds(_system.Run("NewModel", $"--model={Model}", $"--dataset={Kettles("kettles.csv")}", "--label=state"));
        Assert.That(proposed.Lines[^1], Is.EqualTo($"./build.sh --target=Train --model={Model}"));
        Assert.That(proposed.Output, Does.Contain("state', multiclass: 3 classes"));

        await _system.Succeeds(_system.Run("Train", $"--model={Model}"));
        using var answer = await _system.Http.PostAsJsonAsync(
            $"{_system.Url}/v2/models/{Model}/infer",
            new { inputs = new[] { Column("heat", 98), Column("pressure", 1.4) } });
        var body = await answer.Content.ReadAsStringAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        using var json = JsonDocument.Parse(body);
        float[] probabilities = [.. json.RootElement.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(value => value.GetSingle())];
        Assert.That(probabilities, Has.Length.EqualTo(3));
        Assert.That(probabilities[0], Is.EqualTo(probabilities.Max()), "the first class in their order is 'boils'");
    }

    [Test]
    public async Task RefusedCsvLeavesNothingBehind()
    {
        var run = await _system.Run("NewModel", $"--model={Model}", $"--dataset={Kettles("broken.csv")}", "--label=sate");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain("broken.csv has no column 'sate'. Did you mean state? Its columns: heat, pressure, state."));
        Assert.That(ModelFolder, Does.Not.Exist);
        Assert.That(Path.Combine(_system.Folder, "store", "datasets", Model), Does.Not.Exist);
    }

    [Test]
    public async Task WrongNameIsTurnedAwayWithABetterOne()
    {
        var run = await _system.Run("NewModel", "--model=Kettle States", $"--dataset={Kettles("kettles.csv")}", "--label=state");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.All, Does.Contain("how about kettle-states"));
    }

    private static object Column(string name, double value) => new { name, shape = new[] { 1, 1 }, datatype = "FP32", data = new[] { value } };

    private string Kettles(string file)
    {
        var path = Path.Combine(_system.Home, file);
        var random = new Random(2);
        var csv = new StringBuilder("heat;pressure;state\r\n");
        for (var i = 0; i < 400; i++)
        {
            var (heat, pressure) = (100 * random.NextDouble(), 1 + random.NextDouble());
            var state = (heat + (6 * random.NextDouble())) switch { < 40 => "cold", < 90 => "warm", _ => "boils" };
            csv.Append(CultureInfo.InvariantCulture, $"{heat:0.0};{pressure:0.00};{state}\r\n");
        }

        File.WriteAllText(path, csv.ToString());
        return path;
    }
}
