using Slipway.Build.Workflows.Changes;

namespace Slipway.Build.Tests.Workflows.Changes;

public sealed class ChangesReportTests
{
    private static readonly RepositoryChanges Some = new(3, Code: true, Images: false, Infra: true, Workflows: false, ["penguins", "pumps"], []);

    [Test]
    public void Jobs_are_told_true_or_false_and_names_between_commas() =>
        Assert.That(
            ChangesReport.Outputs(Some).Select(output => $"{output.Key}={output.Value}"),
            Is.EqualTo(new[] { "code=true", "images=false", "infra=true", "workflows=false", "models=penguins,pumps" }));

    [Test]
    public void No_model_is_an_empty_value() =>
        Assert.That(ChangesReport.Outputs(Some with { Models = [] }).Last(), Is.EqualTo(KeyValuePair.Create("models", "")));

    [Test]
    public void Broken_model_is_named_with_what_is_wrong()
    {
        var lines = ChangesReport.Report("origin/main", Some, [new("pumps", "training/models/pumps/model.json", "'label' is | missing.")]).Lines();
        Assert.That(lines, Has.Some.EqualTo("**pumps** is counted, though it cannot be trained: 'label' is \\| missing."));
    }

    [Test]
    public void Deleted_models_have_a_row_where_there_are_any()
    {
        Assert.That(ChangesReport.Report("main", Some with { Deleted = ["valves"] }, []).Lines(), Does.Contain("| models taken away | valves |"));
        Assert.That(ChangesReport.Report("main", Some, []).Lines(), Has.None.Contains("taken away"));
    }
}
