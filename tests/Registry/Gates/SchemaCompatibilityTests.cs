using Slipway.Registry.Gates;
using Slipway.Registry.Models;
using Slipway.Registry.Tests.Manifests;

namespace Slipway.Registry.Tests.Gates;

public sealed class SchemaCompatibilityTests
{
    private static readonly ModelSchema Champion = SampleManifests.Schema;

    private static IEnumerable<TestCaseData> Schemas()
    {
        var (type, torque) = (Champion.Columns[0], Champion.Columns[1]);
        yield return Case("the same", Champion, null);
        yield return Case("another order of columns", Champion with { Columns = [torque, type] }, null);
        yield return Case("an added column", Champion with { Columns = [type, torque, torque with { Name = "speed" }] }, null);
        yield return Case("other categories", Champion with { Columns = [type with { Categories = ["H", "L", "M"] }, torque] }, null);
        yield return Case("one more category", Champion with { Columns = [type with { Categories = ["H", "L", "M", "X"] }, torque] }, null);
        yield return Case("most categories new", Champion with { Columns = [type with { Categories = ["H", "L", "M", "1", "2", "3", "4"] }, torque] }, "schema categories type");
        yield return Case("categories in other letters", Champion with { Columns = [type with { Categories = ["h", "l", "m"] }, torque] }, "schema categories type");
        yield return Case("another range and imputation", Champion with { Columns = [type, torque with { Imputed = 1, Maximum = 2 }] }, null);
        yield return Case("another threshold", Champion with { Threshold = 0.1 }, null);
        yield return Case("a removed column", Champion with { Columns = [type] }, "schema columns");
        yield return Case("a renamed column", Champion with { Columns = [type, torque with { Name = "Torque" }] }, "schema columns");
        yield return Case("a column of another kind", Champion with { Columns = [type, torque with { Kind = ColumnKind.Categorical }] }, "schema columns");
        yield return Case("another task", Champion with { Task = ModelTask.Regression }, "schema task");
        yield return Case("another label", Champion with { Label = "success" }, "schema task");
        yield return Case("another output", Champion with { Output = Champion.Output with { Name = "score" } }, "schema output");
        yield return Case("another datatype", Champion with { Output = Champion.Output with { Datatype = "FP64" } }, "schema output");
        yield return Case("another shape", Champion with { Output = Champion.Output with { Shape = [-1, 2] } }, "schema output");
        yield return Case("swapped classes", Champion with { Classes = ["yes", "no"] }, "schema output");
        yield return Case("no classes", Champion with { Classes = null }, "schema output");
    }

    [TestCaseSource(nameof(Schemas))]
    public void AsksThatCallersCanGoOn(ModelSchema candidate, string? broken)
    {
        var report = GatePolicy.Evaluate(Gates, SampleManifests.Metrics, candidate, new(7, Champion, SampleManifests.Metrics));

        var failed = report.Verdicts.Where(verdict => !verdict.Passed).ToArray();
        Assert.That(failed.Select(verdict => verdict.Rule), Is.EqualTo(broken is null ? [] : new[] { broken }));
        Assert.That(failed.Select(verdict => verdict.Reason), Is.All.Contains("version 7"));
        Assert.That((report.Passed, report.Champion), Is.EqualTo((broken is null, (int?)7)));
    }

    private static TestCaseData Case(string name, ModelSchema candidate, string? broken) => new TestCaseData(candidate, broken).SetArgDisplayNames(name);

    [TestCase("1|2|3", "1.0|2.0|3.0", CategoryForm.ByValue, true, TestName = "Numbers with a fraction of zero are the same")]
    [TestCase("False|True", "false|true", CategoryForm.ByValue, true, TestName = "Booleans are the same in any case")]
    [TestCase("1|2|3", "1.0|2.0|3.0", CategoryForm.AsWritten, false, TestName = "Codes as they are written are not")]
    public void ComparesCategoriesByValue(string before, string now, CategoryForm form, bool passed)
    {
        var (type, torque) = (Champion.Columns[0], Champion.Columns[1]);
        var champion = Champion with { Columns = [type with { Categories = before.Split('|') }, torque] };
        var candidate = Champion with { Columns = [type with { Categories = now.Split('|'), Form = form }, torque] };

        Assert.That(GatePolicy.Evaluate(Gates, SampleManifests.Metrics, candidate, new(7, champion, SampleManifests.Metrics)).Passed, Is.EqualTo(passed));
    }

    [Test]
    public void SaysWhichCategoriesAreUnknownAndWhatToDo()
    {
        var (type, torque) = (Champion.Columns[0], Champion.Columns[1]);
        var candidate = Champion with { Columns = [type with { Categories = ["high", "low"] }, torque] };

        var report = GatePolicy.Evaluate(Gates, SampleManifests.Metrics, candidate, new(7, Champion, SampleManifests.Metrics));
        var allowed = GatePolicy.Evaluate(Gates with { UnknownCategoriesAtMost = 1 }, SampleManifests.Metrics, candidate, new(7, Champion, SampleManifests.Metrics));

        Assert.That(GateReportText.Line(report.Verdicts.Single(verdict => !verdict.Passed)), Is.EqualTo(
            $"FAIL schema categories {type.Name} 1 (<= 0.5): {type.Categories!.Count} of the {type.Categories.Count} categories of 'type' of version 7 are unknown to the candidate: "
            + $"{string.Join(", ", type.Categories.Select(word => $"'{word}'"))}. If the values are only written differently, write them as before; "
            + "if they are meant to change, raise 'gates.unknownCategoriesAtMost' in model.json."));
        Assert.That(allowed.Passed, Is.True);
    }

    private static GateSpec Gates => new(new Dictionary<string, Bounds> { ["averagePrecision"] = new(AtLeast: 0.1) });
}
