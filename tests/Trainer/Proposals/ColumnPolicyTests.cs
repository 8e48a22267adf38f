using Slipway.Trainer.Proposals.Choices;
using Slipway.Trainer.Proposals.Inspection;

namespace Slipway.Trainer.Tests.Proposals;

public sealed class ColumnPolicyTests
{
    private static readonly string LongText = new('x', 80);

    private static TestCaseData[] Columns =>
    [
        Case("numbers", Summaries.Made("age", 200, i => $"{i % 90}.5"), ColumnRole.Numeric, null),
        Case("numbers with holes", Summaries.Made("age", 200, i => i % 3 == 0 ? "" : $"{i % 90}.5"), ColumnRole.Numeric, null),
        Case("few whole numbers", Summaries.Repeated("cylinders", 200, "4", "6", "8"), ColumnRole.Numeric, null),
        Case("flags", Summaries.Repeated("urgent", 200, "true", "false", "false"), ColumnRole.Categorical, "2 values"),
        Case("words", Summaries.Repeated("Type", 200, "L", "M", "H"), ColumnRole.Categorical, "3 values"),
        Case("a word or nothing", Summaries.Repeated("garage", 200, "yes", ""), ColumnRole.Categorical, "'yes' or nothing"),
        Case("a count of the rows", Summaries.Made("UDI", 200, i => $"{i + 1}"), ColumnRole.Id, "counts the rows"),
        Case("numbers named like ids", Summaries.Made("PassengerId", 200, i => $"{i * 7}"), ColumnRole.Id, "different in every row"),
        Case("different numbers named otherwise", Summaries.Made("humid", 200, i => $"{i * 7}"), ColumnRole.Numeric, null),
        Case("words that all differ", Summaries.Made("serial", 200, i => $"L{i + 47000}"), ColumnRole.Id, "different in every row"),
        Case("few codes", Summaries.Repeated("store_id", 200, "17", "23", "99"), ColumnRole.Categorical, "3 codes"),
        Case("many codes", Summaries.Made("customer_id", 2000, i => $"{i % 700}"), ColumnRole.Ignored, "list it under 'id' instead"),
        Case("codes with leading zeros", Summaries.Repeated("zip", 200, "00501", "00544"), ColumnRole.Categorical, "2 values"),
        Case("one value", Summaries.Repeated("country", 200, "USA"), ColumnRole.Ignored, "'USA' in every row"),
        Case("nothing at all", Summaries.Repeated("notes", 200, ""), ColumnRole.Ignored, "empty in every row"),
        Case("hardly anything", Summaries.Made("notes", 200, i => i < 4 ? $"{i}" : ""), ColumnRole.Ignored, "only 4 rows have a value"),
        Case("too many words", Summaries.Made("city", 400, i => $"city {i % 150}"), ColumnRole.Ignored, "150 different values are too many for 400 rows"),
        Case("too many words for few rows", Summaries.Made("city", 100, i => $"city {i % 6}"), ColumnRole.Ignored, "6 different values are too many for 100 rows"),
        Case("countless words", Summaries.Made("user", 3000, i => $"user {i % 1500}"), ColumnRole.Ignored, "more than 1,000 different values"),
        Case("free text", Summaries.Made("comment", 200, i => $"{i}{LongText}"), ColumnRole.Ignored, "free text, different in every row"),
        Case("dates", Summaries.Made("date", 200, i => $"2026-01-{(i % 28) + 1:00}"), ColumnRole.Ignored, "dates are not usable as features"),
        Case("few values with a word for missing", Summaries.Repeated("grade", 200, "1", "2", "3", "NA"), ColumnRole.Categorical, "4 values, including 50 rows with placeholders for missing values"),
    ];

    private static TestCaseData Case(string name, ColumnSummary summary, ColumnRole role, string? note) =>
        new TestCaseData(summary, role, note).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Columns))]
    public void DecidesWhatBecomesOfAColumn(ColumnSummary summary, ColumnRole role, string? note)
    {
        var choice = ColumnPolicy.Choose(summary);

        Assert.That(choice.Role, Is.EqualTo(role));
        Assert.That(choice.Note, note is null ? Is.Null : Does.Contain(note));
        Assert.That(choice.Remedy, Is.Null);
    }

    [TestCase("NA", "6 rows with placeholders for missing values ('NA' in data row 1)", "leave the cell empty if a value is missing")]
    [TestCase("1,234.5", "6 rows with thousands separators ('1,234.5' in data row 1)", "write numbers without thousands separators and with a decimal point")]
    [TestCase("12,5", "6 rows with a decimal comma ('12,5' in data row 1)", "write a decimal point")]
    [TestCase("17 %", "6 rows with a unit or a symbol ('17 %' in data row 1)", "write only the number")]
    [TestCase("Infinity", "6 rows with infinity ('Infinity' in data row 1)", "write a finite number or leave the cell empty")]
    public void SaysWhatToChangeWhereNumbersAreMixedWithOtherThings(string odd, string what, string remedy)
    {
        var choice = ColumnPolicy.Choose(Summaries.Made("weight", 300, i => i % 50 == 0 ? odd : $"{i}.25"));

        Assert.That(choice.Role, Is.EqualTo(ColumnRole.Ignored));
        Assert.That(choice.Note, Does.Contain(what).And.Contain(remedy));
        Assert.That(choice.Remedy, Is.EqualTo(remedy));
    }

    [Test]
    public void TakesTheOneIdThatIsNamedLikeOne()
    {
        var choices = ColumnPolicy.Choose([
            Summaries.Made("serial", 200, i => $"L{i + 47000}"), Summaries.Made("pump_id", 200, i => $"{i * 3}"), Summaries.Made("x", 200, i => $"{i}.5")]);

        Assert.That(choices.Select(choice => choice.Role), Is.EqualTo(new[] { ColumnRole.Ignored, ColumnRole.Id, ColumnRole.Numeric }));
        Assert.That(choices[0].Note, Is.EqualTo("identifies a row, like 'pump_id'"));
    }

    [TestCase("id", true)]
    [TestCase("ID", true)]
    [TestCase("customer_id", true)]
    [TestCase("Order No. Number", true)]
    [TestCase("PassengerId", true)]
    [TestCase("id_order", true)]
    [TestCase("Unnamed: 0", true)]
    [TestCase("paid", false)]
    [TestCase("humid", false)]
    [TestCase("monkey", false)]
    [TestCase("row count", false)]
    [TestCase("bathrooms", false)]
    public void KnowsTheNamesOfIds(string name, bool id) =>
        Assert.That(ColumnPolicy.Choose(Summaries.Made(name, 200, i => $"{i * 7}")).Role, Is.EqualTo(id ? ColumnRole.Id : ColumnRole.Numeric));
}
