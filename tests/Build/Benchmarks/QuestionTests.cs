using System.Text;
using System.Text.Json;
using Slipway.Benchmarks;
using Slipway.Benchmarks.Contestants;
using Slipway.Registry.Models;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class QuestionTests
{
    private static readonly GoldenSet Golden = new(
        [new Dictionary<string, string?> { ["Type"] = "M", ["Torque [Nm]"] = "42.5", ["UDI"] = "1" }], [[0, 1, 42.5f]], [[0.5f]], 1e-4);

    private static readonly ModelSchema Schema = new(
        ModelTask.Binary, "failure",
        [new("Type", ColumnKind.Categorical, ["L", "M"], null, null, null), new("Torque [Nm]", ColumnKind.Numeric, null, 40, 0, 80), new("Wear", ColumnKind.Numeric, null, 0, 0, 1)],
        ["Type=L", "Type=M", "Torque [Nm]"], new("probability", "FP32", [-1, 1]), 0.5, ["0", "1"]);

    [Test]
    public void Asks_one_encoded_row()
    {
        var question = Question.Infer("predictive-maintenance", Golden);

        Assert.That(question.Path, Is.EqualTo("/v2/models/predictive-maintenance/infer"));
        Assert.That(question.Answer, Is.EqualTo("infer"));
        Assert.That(question.Body, Is.EqualTo("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[0,1,42.5]}]}"""));
    }

    [Test]
    public void Asks_raw_values_of_the_model_s_columns_alone() =>
        Assert.That(Question.Invocations(Schema, Golden).Body, Is.EqualTo("""{"Type":"M","Torque [Nm]":42.5,"Wear":null}"""));

    [Test]
    public void Trains_the_same_spec_as_another_job()
    {
        var spec = Encoding.UTF8.GetBytes("{ \"description\": \"Pumps.\", // why\n \"seed\": 1, }");

        var (one, two) = (TrainingBenchmark.Spec(spec, 1), TrainingBenchmark.Spec(spec, 2));

        Assert.That(one, Is.Not.EqualTo(two));
        using var json = JsonDocument.Parse(two);
        Assert.That(json.RootElement.GetProperty("seed").GetInt32(), Is.EqualTo(1));
    }
}
