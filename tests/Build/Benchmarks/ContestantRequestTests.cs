using System.Text;
using System.Text.Json;
using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Training;
using Slipway.Registry.Models;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class ContestantRequestTests
{
    private static readonly GoldenSet Golden = new(
        [new Dictionary<string, string?> { ["Type"] = "M", ["Torque [Nm]"] = "42.5", ["UDI"] = "1" }], [[0, 1, 42.5f]], [[0.5f]], 1e-4);

    private static readonly ModelSchema Schema = new(
        ModelTask.Binary, "failure",
        [new("Type", ColumnKind.Categorical, ["L", "M"], null, null, null), new("Torque [Nm]", ColumnKind.Numeric, null, 40, 0, 80), new("Wear", ColumnKind.Numeric, null, 0, 0, 1)],
        ["Type=L", "Type=M", "Torque [Nm]"], new("probability", "FP32", [-1, 1]), 0.5, ["0", "1"]);

    [Test]
    public void AsksOneEncodedRow()
    {
        var request = ContestantRequest.Infer("predictive-maintenance", Golden);

        Assert.That(request.Path, Is.EqualTo("/v2/models/predictive-maintenance/infer"));
        Assert.That(request.ResponseFile, Is.EqualTo("infer"));
        Assert.That(request.Body, Is.EqualTo("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[0,1,42.5]}]}"""));
    }

    [Test]
    public void AsksTheGoldenRowsOverAndOver()
    {
        var golden = Golden with { Inputs = [[1, 2], [3, 4]], Outputs = [[0.5f], [0.5f]], Records = [Golden.Records[0], Golden.Records[0]] };

        Assert.That(ContestantRequest.Infer("m", golden, rows: 3).Body, Is.EqualTo("""{"inputs":[{"name":"features","shape":[3,2],"datatype":"FP32","data":[1,2,3,4,1,2]}]}"""));
    }

    [Test]
    public void AsksRawValuesOfTheModelSColumnsAlone() =>
        Assert.That(ContestantRequest.Invocations(Schema, Golden).Body, Is.EqualTo("""{"Type":"M","Torque [Nm]":42.5,"Wear":null}"""));

    [Test]
    public void TrainsTheSameSpecAsAnotherJob()
    {
        var spec = Encoding.UTF8.GetBytes("{ \"description\": \"Pumps.\", // why\n \"seed\": 1, }");

        var (one, two) = (TrainingBenchmark.Spec(spec, 1), TrainingBenchmark.Spec(spec, 2));

        Assert.That(one, Is.Not.EqualTo(two));
        using var json = JsonDocument.Parse(two);
        Assert.That(json.RootElement.GetProperty("seed").GetInt32(), Is.EqualTo(1));
    }
}
