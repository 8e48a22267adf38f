using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Tests.Rows;

public sealed class CategoryIndexTests
{
    [TestCase("True", 1)]
    [TestCase("true", 1)]
    [TestCase("FALSE", 0)]
    [TestCase("1", 1)]
    [TestCase("0.0", 0)]
    [TestCase("2", -1)]
    [TestCase("yes", -1)]
    public void KnowsTheWordsOfAYesOrNo(string text, int index) =>
        Assert.That(new CategoryIndex(["False", "True"], CategoryForm.ByValue).Find(text), Is.EqualTo(index));

    [TestCase("true", 1)]
    [TestCase("False", 0)]
    [TestCase("1.0", 1)]
    public void KnowsAYesOrNoThatIsWrittenInNumbers(string text, int index) =>
        Assert.That(new CategoryIndex(["0", "1"], CategoryForm.ByValue).Find(text), Is.EqualTo(index));

    [TestCase("true", -1)]
    [TestCase("1", 0)]
    [TestCase("2.0", 1)]
    public void DoesNotTakeACodeForAYes(string text, int index) =>
        Assert.That(new CategoryIndex(["1", "2", "3"], CategoryForm.ByValue).Find(text), Is.EqualTo(index));

    [TestCase("true", 1)]
    [TestCase("1", -1)]
    [TestCase("Unknown", 2)]
    [TestCase("unknown", -1)]
    public void KeepsYesAndNumberApartWhereThereIsAThirdWord(string text, int index) =>
        Assert.That(new CategoryIndex(["False", "True", "Unknown"], CategoryForm.ByValue).Find(text), Is.EqualTo(index));

    [TestCase(null)]
    [TestCase(CategoryForm.AsWritten)]
    public void ComparesLettersWhereTheSchemaSaysNothingElse(CategoryForm? form)
    {
        var index = new CategoryIndex(["1", "True"], form);

        Assert.That(new[] { "1", "True", "1.0", "true" }.Select(text => index.Find(text)), Is.EqualTo(new[] { 0, 1, -1, -1 }));
    }

    [TestCase("1", "2", CategoryForm.ByValue)]
    [TestCase("2", "2.0", CategoryForm.ByValue, TestName = "A column that two exports wrote")]
    [TestCase("True", "TRUE", CategoryForm.ByValue)]
    [TestCase("007", "7", CategoryForm.ByValue, TestName = "A leading zero is another value anyway")]
    [TestCase("3.1", "3.10", CategoryForm.AsWritten, TestName = "Versions")]
    [TestCase("1E3", "1000", CategoryForm.AsWritten, TestName = "Codes")]
    public void TheDatasetDecidesTheForm(string one, string other, CategoryForm form) =>
        Assert.That(CategoryIndex.FormOf([one, other, "x"]), Is.EqualTo(form));

    [Test]
    public void GroupsWhatIsOneCategory() => Assert.That(
        CategoryIndex.Groups(["2.0", "2", "x", "3.0"], CategoryForm.ByValue).Select(group => $"{group.Key}:{string.Join('|', group)}"),
        Is.EquivalentTo(new[] { "2:2.0|2", "x:x", "3.0:3.0" }));
}
