using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data;
using Slipway.Trainer.Data.Labels;

namespace Slipway.Trainer.Tests.Data;

/// <summary>Labels of several classes and labels that are numbers; binary ones are in <see cref="DatasetSurveyTests"/>.</summary>
public sealed class LabelColumnTests
{
    private static readonly Dictionary<Side, long> Rows = new() { [Side.Training] = 2, [Side.Validation] = 1, [Side.Holdout] = 1 };

    [TestCase("b,a,C", ExpectedResult = "C,a,b")]
    [TestCase("10,2,1", ExpectedResult = "1,2,10")]
    [TestCase("10,2,x", ExpectedResult = "10,2,x")]
    [TestCase("1.0,1,2.0", ExpectedResult = "1,2.0")]
    [TestCase("True,TRUE,False", ExpectedResult = "False,TRUE")]
    [TestCase("3.1,3.10,2", ExpectedResult = "2,3.1,3.10")]
    [TestCase("007,7", ExpectedResult = "007,7")]
    public string NumbersClassesAsAPersonWould(string words)
    {
        var label = Learn(new ClassLabel("kind", null, "data.csv"), words);

        Assert.That(label.Classes.Select(word => label.Encode(word, 1)), Is.EqualTo(Enumerable.Range(0, label.Classes.Count)));
        return string.Join(',', label.Classes);
    }

    [Test]
    public void KeepsTheOrderThatTheSpecGives() =>
        Assert.That(Learn(new ClassLabel("kind", ["low", "mid", "high"], "data.csv"), "high,low,mid").Encode(" mid ", 1), Is.EqualTo(1));

    [TestCase("1.0,2.0", "2e0", 1)]
    [TestCase("1,2", "2.0", 1)]
    [TestCase("1,2", " 1 ", 0)]
    public void FindsAClassThatTheSpecWritesOtherwise(string words, string word, int index)
    {
        var label = Learn(new ClassLabel("kind", ["1", "2"], "data.csv"), words);

        Assert.That(label.Encode(word, 1), Is.EqualTo(index));
        Assert.That(label.Classes, Is.EqualTo(new[] { "1", "2" }), "as the spec writes them");
    }

    [TestCase("0.0,1.0", null, "0|1", "1.0")]
    [TestCase("1,0.0,1.0", null, "0|1", "1")]
    [TestCase("False,true", null, "False|True", "TRUE")]
    [TestCase("2.0,1.0", "1", "2.0|1", "1.0")]
    [TestCase("no,yes", "yes", "no|yes", "yes")]
    public void TakesTheTwoWordsOfABinaryLabelByTheirValue(string words, string? positive, string classes, string one)
    {
        var label = Learn(new BinaryLabel("ill", positive, "data.csv"), words);

        Assert.That((string.Join('|', label.Classes), label.Encode(one, 1)), Is.EqualTo((classes, 1f)));
    }

    [Test]
    public void CountsWordsOfOneClassTogether()
    {
        var label = Learn(new ClassLabel("kind", null, "data.csv"), "1,1.0,2.0,2.0");

        Assert.That(Describe(label).ClassRates, Is.EqualTo(new Dictionary<string, double> { ["1"] = 0.5, ["2.0"] = 0.5 }));
    }

    [Test]
    public void ReportsTheShareOfEachClass()
    {
        var label = Learn(new ClassLabel("kind", null, "data.csv"), "a,b,b,c");

        Assert.That(Describe(label).ClassRates, Is.EqualTo(new Dictionary<string, double> { ["a"] = 0.25, ["b"] = 0.5, ["c"] = 0.25 }));
    }

    [TestCase("a,a,a", "all 4 rows have the same value 'a' in the target column 'kind'")]
    [TestCase("a,,b", "data row 2: the label 'kind' is empty")]
    public void RefusesWhatCannotBeToldApart(string words, string reason) =>
        Assert.That(() => Learn(new ClassLabel("kind", null, "data.csv"), words).Check(Rows), Refused(reason));

    [Test]
    public void RefusesAClassThatNoTrainingRowHas()
    {
        var label = Learn(new ClassLabel("kind", null, "data.csv"), "a,b");
        label.Add("rare", Side.Holdout, 3);

        Assert.That(() => label.Check(Rows), Refused("of 1 rows with 'kind' = 'rare' none is on the training side"));
    }

    [Test]
    public void RefusesAWordThatTheSpecDoesNotName() =>
        Assert.That(() => Learn(new ClassLabel("kind", ["low", "high"], "data.csv"), "low,hihg"), Refused("data row 2: the label 'kind' is 'hihg', which is not among 'classes' in model.json. Did you mean high?"));

    [Test]
    public void RefusesANumberThatIsMeantToBeEstimated() =>
        Assert.That(() => Learn(new ClassLabel("price", null, "data.csv"), string.Join(',', Enumerable.Range(0, 200))), Refused("more than 100 different values. If it is a number to predict, set 'task' in model.json to regression"));

    [Test]
    public void SummarizesNumbers()
    {
        var label = Learn(new NumberLabel("price", "data.csv"), "1,2,3,6");

        Assert.That(Describe(label).LabelValues, Is.EqualTo(new NumberSummary(1, 6, 3, Math.Sqrt(14 / 3.0))));
        Assert.That((label.Encode("2.5", 1), label.Classes), Is.EqualTo((2.5f, Array.Empty<string>())));
    }

    [TestCase("1,x", "data row 2: the label 'price' is 'x', which is not a finite number. Correct the value, or set 'task'")]
    [TestCase("NaN", "which is not a finite number")]
    [TestCase("1e99", "which is not a finite number")]
    [TestCase("Infinity", "If it stands for a missing value, leave the cell empty.")]
    [TestCase("1,", "data row 2: the label 'price' is empty")]
    public void RefusesALabelThatIsNoNumber(string words, string reason) =>
        Assert.That(() => Learn(new NumberLabel("price", "data.csv"), words), Refused(reason));

    [Test]
    public void RefusesAConstantToEstimate() =>
        Assert.That(() => Learn(new NumberLabel("price", "data.csv"), "5,5,5").Check(Rows), Refused("all 4 rows have the same value 5 in the target column 'price'. A constant cannot be predicted from anything."));

    [TestCase("1,234.5", ExpectedResult = " It seems to have thousands separators, or a decimal comma: write it without separators and with a point.")]
    [TestCase("1.234.567,8", ExpectedResult = " It seems to have thousands separators, or a decimal comma: write it without separators and with a point.")]
    [TestCase("3,5", ExpectedResult = " It seems to have a decimal comma: write it with a point.")]
    [TestCase("$12.50", ExpectedResult = " It seems to contain a unit or a symbol: write only the number.")]
    [TestCase("45 %", ExpectedResult = " It seems to contain a unit or a symbol: write only the number.")]
    [TestCase("12kg", ExpectedResult = " It seems to contain a unit or a symbol: write only the number.")]
    [TestCase("2024-05-01", ExpectedResult = " It seems to be a date or a time: convert it to a meaningful number, such as days since a date, or ignore the column.")]
    [TestCase("05/01/2024 10:30", ExpectedResult = " It seems to be a date or a time: convert it to a meaningful number, such as days since a date, or ignore the column.")]
    [TestCase("n/a", ExpectedResult = " If it stands for a missing value, leave the cell empty.")]
    [TestCase("abc", ExpectedResult = "")]
    public string GuessesWhatATextMeant(string text) => NumberText.Hint(text);

    private static LabelColumn Learn(LabelColumn label, string words)
    {
        foreach (var (row, word) in words.Split(',').Index())
            label.Add(word, Side.Training, row + 1);
        return label;
    }

    private static DataMetrics Describe(LabelColumn label) => label.Describe(new(4, 2, 1, 1, new Dictionary<string, double>(), null));

    private static NUnit.Framework.Constraints.Constraint Refused(string reason) => Throws.TypeOf<SlipwayException>().With.Message.Contains(reason);
}
