using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data;
using Slipway.Trainer.Data.Labels;

namespace Slipway.Trainer.Tests.Data;

public sealed class DatasetSurveyTests
{
    private static readonly ModelSpec Spec = new(
        "A test.",
        ModelTask.Binary,
        "failed",
        new Dictionary<string, ColumnKind> { ["type"] = ColumnKind.Categorical, ["speed"] = ColumnKind.Numeric },
        TrainerNames.Linear,
        new(new Dictionary<string, Bounds> { ["auc"] = new(AtLeast: 0.5) }),
        Id: ["id"]);

    [Test]
    public void MakesTheSchemaFromTrainingRowsAlone()
    {
        // every row that is not for training says something else
        var sides = TrainingData.Of(Spec, Csv(200, _ => ("A", "5"))).Survey.Sides;
        var survey = TrainingData.Of(Spec, Csv(200, row => sides[row] == Side.Training ? ("A", "5") : ("Z", "1000")));

        Assert.That(survey.Columns[0].Categories, Is.EqualTo(new[] { "A" }));
        Assert.That((survey.Columns[1].Minimum, survey.Columns[1].Maximum, survey.Columns[1].Imputed), Is.EqualTo((5f, 5f, 5f)));
    }

    [Test]
    public void MarksWhatTheSpecCallsPersonal()
    {
        var plain = TrainingData.Of(Spec, Csv(200, _ => ("A", "5")));
        var marked = TrainingData.Of(Spec with { Personal = ["speed"] }, Csv(200, _ => ("A", "5")));

        Assert.That(marked.Columns.Select(column => column.Personal), Is.EqualTo(new[] { false, true }));
        Assert.That(System.Text.Json.JsonSerializer.Serialize(plain.Columns[1], RegistryJson.Default.ColumnSchema), Does.Not.Contain("ersonal"), "schemas without it keep their bytes");
    }

    [TestCase(PersonalInLog.Hashed, "\"personal\":true}")]
    [TestCase(PersonalInLog.Dropped, "\"personal\":true,\"personalInLog\":\"dropped\"}")]
    public void TellsServersWhatToLogOfIt(PersonalInLog logged, string json)
    {
        var marked = TrainingData.Of(Spec with { Personal = ["speed"], PersonalInLog = logged }, Csv(200, _ => ("A", "5")));

        Assert.That(System.Text.Json.JsonSerializer.Serialize(marked.Columns[1], RegistryJson.Default.ColumnSchema).Replace("\n", "").Replace(" ", ""), Does.EndWith(json));
        Assert.That(marked.Columns[0].PersonalInLog, Is.EqualTo(PersonalInLog.Hashed), "the default, which is not written");
    }

    [Test]
    public void SortsCategoriesOrdinally() =>
        Assert.That(TrainingData.Of(Spec, Csv(200, row => (new[] { "b", "a", "B", "ä" }[row % 4], "1"))).Columns[0].Categories,
            Is.EqualTo(new[] { "B", "a", "b", "ä" }));

    [Test]
    public void ImputesTheMedianAndReportsTheMissingShare()
    {
        var data = TrainingData.Of(Spec, Csv(300, row => ("A", row % 3 == 0 ? "" : row % 3 == 1 ? "10" : "20")));

        Assert.That(data.Columns[1].Imputed, Is.EqualTo(10f).Or.EqualTo(20f));
        Assert.That(data.Survey.ToMetrics().Missing["speed"], Is.EqualTo(1 / 3.0).Within(1e-9));
        Assert.That(data.Rows.All.SelectMany(rows => rows.Values).Any(float.IsNaN), Is.False);
    }

    [Test]
    public void CountsNanAsMissing() =>
        Assert.That(TrainingData.Of(Spec, Csv(100, row => ("A", row == 3 ? "NaN" : "1"))).Survey.ToMetrics().Missing["speed"], Is.EqualTo(0.01));

    [Test]
    public void FindsQuantilesOfMoreValuesThanItKeeps()
    {
        var sample = new ValueSample(capacity: 2000);
        for (var i = 1; i <= 100_000; i++)
            sample.Add(i);

        Assert.That(sample.Quantile(0.5), Is.EqualTo(50_000).Within(4000));
        Assert.That(sample.Quantile(0.9), Is.EqualTo(90_000).Within(3000));
    }

    [TestCase(new[] { 3f, 1f, 2f }, 0.5, ExpectedResult = 2f)]
    [TestCase(new[] { 4f, 1f, 3f, 2f }, 0.5, ExpectedResult = 2f)]
    [TestCase(new[] { 4f, 1f, 3f, 2f }, 1, ExpectedResult = 4f)]
    [TestCase(new[] { 7f }, 0.1, ExpectedResult = 7f)]
    public float FindsQuantilesExactly(float[] values, double share)
    {
        var sample = new ValueSample();
        foreach (var value in values)
            sample.Add(value);
        return sample.Quantile(share);
    }

    [TestCase("0", "1", null, ExpectedResult = "0,1")]
    [TestCase("false", "true", null, ExpectedResult = "false,true")]
    [TestCase("False", "True", null, ExpectedResult = "False,True")]
    [TestCase("B", "M", "M", ExpectedResult = "B,M")]
    [TestCase("1", "0", "0", ExpectedResult = "1,0")]
    public string UnderstandsTheWordsOfALabel(string negative, string positive, string? word)
    {
        var label = new BinaryLabel("failed", word, "data.csv");
        label.Add(positive, Side.Training, 1);
        label.Add(negative, Side.Holdout, 2);

        Assert.That(new[] { label.Encode(positive, 1), label.Encode(negative, 2), label.Encode($" {positive} ", 3) }, Is.EqualTo(new[] { 1, 0, 1 }));
        return string.Join(',', label.Classes);
    }

    [TestCase("yes", null, "neither 0/1 nor true/false")]
    [TestCase("", null, "is empty")]
    [TestCase("0,1,2", null, "data row 3: the label 'failed' is '2', but a binary label has two values, here '0' and '1'")]
    [TestCase("no,yes", "YES", "data row 2: the label 'failed' is 'yes', but a binary label has two values, here 'no' and 'YES'. No row so far has 'YES', which is 'positive' in model.json")]
    [TestCase("M,B,X", "M", "data row 3: the label 'failed' is 'X', but a binary label has two values, here 'B' and 'M'")]
    public void RefusesALabelThatIsNotBinary(string words, string? positive, string reason)
    {
        var label = new BinaryLabel("failed", positive, "data.csv");

        Assert.That(
            () =>
            {
                foreach (var (row, word) in words.Split(',').Index())
                    label.Add(word, Side.Training, row + 1);
            },
            Throws.TypeOf<SlipwayException>().With.Message.Contains(reason));
    }

    private static string Csv(int rows, Func<int, (string Type, string Speed)> values) => "id,type,speed,failed\n" + string.Concat(
        Enumerable.Range(0, rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row},{values(row).Type},{values(row).Speed},{row % 2}\n")));
}
