using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Proposals.Choices;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Tests.Proposals;

public sealed class LabelPolicyTests
{
    private static readonly LabelPolicy Policy = new("data.csv");

    [TestCase("0,1,0", "1")]
    [TestCase("False,True", "True")]
    [TestCase("no,YES", "YES")]
    [TestCase("B,M,B", "M")]
    [TestCase("malignant,benign,malignant", "malignant")]
    [TestCase("ham,spam,spam", "spam")]
    [TestCase("1,2,1", "2")]
    [TestCase("cat,dog,dog", "cat")]
    public void FindsThePositiveOfTwoWords(string values, string positive)
    {
        var choice = Policy.Choose(Summaries.Repeated("label", 120, values.Split(',')), asked: null);

        Assert.That((choice.Task, choice.Positive), Is.EqualTo((ModelTask.Binary, positive)));
        Assert.That(choice.Negative, Is.Not.EqualTo(positive));
    }

    [Test]
    public void SaysThatItGuessedThePositive() =>
        Assert.That(
            Policy.Choose(Summaries.Repeated("label", 120, "cat", "dog", "dog"), asked: null).Note,
            Is.EqualTo("40 of 120 rows: the rarer value, because neither obviously means yes"));

    private static TestCaseData[] Labels =>
    [
        new TestCaseData(Summaries.Repeated("species", 200, "Adelie", "Gentoo", "Chinstrap"), ModelTask.Multiclass).SetArgDisplayNames("few words"),
        new TestCaseData(Summaries.Repeated("stars", 200, "1", "2", "3", "4", "5"), ModelTask.Multiclass).SetArgDisplayNames("few whole numbers"),
        new TestCaseData(Summaries.Repeated("band", 200, "1", "2", "3+"), ModelTask.Multiclass).SetArgDisplayNames("numbers and a word"),
        new TestCaseData(Summaries.Made("count", 200, i => $"{i % 11}"), ModelTask.Regression).SetArgDisplayNames("more whole numbers"),
        new TestCaseData(Summaries.Repeated("dose", 200, "0.5", "1", "1.5"), ModelTask.Regression).SetArgDisplayNames("few broken numbers"),
        new TestCaseData(Summaries.Made("mpg", 200, i => $"{i}.5"), ModelTask.Regression).SetArgDisplayNames("numbers"),
    ];

    [TestCaseSource(nameof(Labels))]
    public void FindsTheTask(ColumnSummary summary, ModelTask task) => Assert.That(Policy.Choose(summary, asked: null).Task, Is.EqualTo(task));

    [Test]
    public void DoesAsItIsAsked()
    {
        var stars = Summaries.Repeated("stars", 200, "1", "2", "3", "4", "5");

        Assert.That(Policy.Choose(stars, ModelTask.Regression).Task, Is.EqualTo(ModelTask.Regression));
        Assert.That(Policy.Choose(Summaries.Made("count", 200, i => $"{i % 30}"), ModelTask.Multiclass).Task, Is.EqualTo(ModelTask.Multiclass));
        Assert.That(Policy.Choose(Summaries.Repeated("label", 200, "a", "b"), ModelTask.Multiclass).Task, Is.EqualTo(ModelTask.Multiclass));
    }

    private static TestCaseData[] Problems =>
    [
        Problem(Summaries.Made("y", 100, i => i is 4 or 7 ? "" : $"{i % 2}"), null, "is missing in 2 rows (data row 5, 8)", "fill it, or remove rows without it"),
        Problem(Summaries.Made("y", 100, i => i < 50 ? "NaN" : $"{i % 2}"), null, "is missing in 50 rows (data row 1, 2, 3, ...)", "Every row needs a value"),
        Problem(Summaries.Repeated("y", 100, "ok"), null, "is 'ok' in every row", "add rows with other values"),
        Problem(Summaries.Made("y", 100, i => $"row {i}"), null, "is different in every row", "Choose another column"),
        Problem(Summaries.Made("y", 100, i => $"word {i % 25}"), null, "has 25 different values, more than 20", "pass --task=multiclass"),
        Problem(Summaries.Made("y", 2000, i => $"word {i % 1200}"), null, "has more than 1000 different values", "Group the rare ones"),
        Problem(Summaries.Made("y", 100, i => $"2026-01-{(i % 28) + 1:00}"), null, "contains dates", "Convert them to a number"),
        Problem(Summaries.Made("y", 100, i => i == 3 ? "?" : $"{i}.5"), null, "must be numeric, but contains placeholders for missing values ('?' in data row 4)", "rows without a value must be removed"),
        Problem(Summaries.Made("y", 100, i => $"{i + 1},500"), null, "100 rows with thousands separators ('1,500' in data row 1, '2,500' in data row 2, '3,500' in data row 3)", "write numbers without thousands separators"),
        Problem(Summaries.Made("y", 100, i => $"{i},125"), null, "99 rows with thousands separators ('1,125' in data row 2, '2,125' in data row 3, '3,125' in data row 4) and a decimal comma ('0,125' in data row 1)", "it, write numbers without thousands separators and with a decimal point; rows"),
        Problem(Summaries.Made("y", 100, i => i == 3 ? "Infinity" : $"{i}.5"), null, "contains infinity ('Infinity' in data row 4)", "write a finite number"),
        Problem(Summaries.Repeated("y", 100, "a", "b", "c"), ModelTask.Binary, "has 3 different values, but binary needs two", "Omit --task"),
        Problem(Summaries.Made("y", 200, i => $"{i % 150}"), ModelTask.Multiclass, "has 150 different values, but multiclass supports at most 100", "Group the rare ones"),
        Problem(Summaries.Repeated("y", 100, "a", "b"), ModelTask.Regression, "must be numeric, but contains 100 rows with other text ('a' in data row 1, 'b' in data row 2)", "correct those cells"),
        Problem(Summaries.Made("y", 100, i => $"0{i}"), ModelTask.Regression, "codes with leading zeros", "Choose another column"),
    ];

    private static TestCaseData Problem(ColumnSummary summary, ModelTask? asked, string what, string remedy) =>
        new TestCaseData(summary, asked, what, remedy).SetArgDisplayNames(what);

    [TestCaseSource(nameof(Problems))]
    public void SaysWhyALabelCannotBeLearnedAndWhatToChange(ColumnSummary summary, ModelTask? asked, string what, string remedy) =>
        Assert.That(
            () => Policy.Choose(summary, asked),
            Throws.TypeOf<SlipwayException>().With.Message.StartsWith("data.csv: the target column 'y' ").And.Message.Contains(what).And.Message.Contains(remedy));

    [TestCase("NA", "'NA' as a class. If that stands for a missing value")]
    [TestCase("rare", "there are too few rows to learn the class 'rare' (4 rows)")]
    public void WarnsOfClassesThatAreHardlyMeant(string word, string warning) =>
        Assert.That(
            Policy.Choose(Summaries.Made("y", 100, i => i % 25 == 0 ? word : i % 2 == 0 ? "a" : "b"), asked: null).Warning,
            Does.Contain(warning));

    [TestCase("yes,Yes", "'Yes' and 'yes' are different classes of 'y'")]
    [TestCase("No,yes,no", "'No' and 'no' are different classes of 'y'")]
    public void WarnsOfWordsThatDifferOnlyInCase(string words, string warning) =>
        Assert.That(Policy.Choose(Summaries.Repeated("y", 100, words.Split(',')), asked: null).Warning, Does.StartWith(warning));
}
