namespace Slipway.Registry.Tests;

public sealed class SchemaCompatibilityTests
{
    private static readonly ModelSchema Champion = Manifests.Schema;

    private static IEnumerable<TestCaseData> Schemas()
    {
        var (type, torque) = (Champion.Columns[0], Champion.Columns[1]);
        yield return Case("the same", Champion, null);
        yield return Case("another order of columns", Champion with { Columns = [torque, type] }, null);
        yield return Case("an added column", Champion with { Columns = [type, torque, torque with { Name = "speed" }] }, null);
        yield return Case("other categories", Champion with { Columns = [type with { Categories = ["H", "L", "M"] }, torque] }, null);
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
        var gates = new GateSpec(new Dictionary<string, Bounds> { ["averagePrecision"] = new(AtLeast: 0.1) });
        var report = GatePolicy.Evaluate(gates, Manifests.Metrics, candidate, new(7, Champion, Manifests.Metrics));

        var failed = report.Verdicts.Where(verdict => !verdict.Passed).ToArray();
        Assert.That(failed.Select(verdict => verdict.Rule), Is.EqualTo(broken is null ? [] : new[] { broken }));
        Assert.That(failed.Select(verdict => verdict.Reason), Is.All.Contains("version 7"));
        Assert.That((report.Passed, report.Champion), Is.EqualTo((broken is null, (int?)7)));
    }

    private static TestCaseData Case(string name, ModelSchema candidate, string? broken) => new TestCaseData(candidate, broken).SetArgDisplayNames(name);
}
