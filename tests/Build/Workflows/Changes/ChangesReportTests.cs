using Slipway.Build.Workflows.Changes;

namespace Slipway.Build.Tests.Workflows.Changes;

public sealed class ChangesReportTests
{
    private static readonly RepositoryChanges Some = new(3, Code: true, Images: false, Infra: true, Workflows: false, ["penguins", "pumps"], []);

    [Test]
    public void JobsAreToldTrueOrFalseAndNamesBetweenCommas() =>
        Assert.That(
            ChangesReport.Outputs(Some).Select(output => $"{output.Key}={output.Value}"),
            Is.EqualTo(new[] { "code=true", "images=false", "infra=true", "workflows=false", "models=penguins,pumps" }));

    [Test]
    public void NoModelIsAnEmptyValue() =>
        Assert.That(ChangesReport.Outputs(Some with { Models = [] }).Last(), Is.EqualTo(KeyValuePair.Create("models", "")));

    [Test]
    public void BrokenModelIsNamedWithWhatIsWrong()
    {
        var lines = ChangesReport.Report("origin/main", Some, [new("pumps", "training/models/pumps/model.json", "'label' is | missing.")]).Lines();
        Assert.That(lines, Has.Some.EqualTo("**pumps** is counted, though it cannot be trained: 'label' is \\| missing."));
    }

    [Test]
    public void DeletedModelsHaveARowWhereThereAreAny()
    {
        Assert.That(ChangesReport.Report("main", Some with { Deleted = ["valves"] }, []).Lines(), Does.Contain("| models taken away | valves |"));
        Assert.That(ChangesReport.Report("main", Some, []).Lines(), Has.None.Contains("taken away"));
    }
}
