using static Slipway.Build.ChangedParts;

namespace Slipway.Build.Tests;

public sealed class ChangePolicyTests
{
    private static readonly string[] Models = ["penguins", "pumps"];

    [TestCase("docs/glossary.md", None)]
    [TestCase("docs/picture.png", None)]
    [TestCase("training/models/pumps/NOTES.md", None)]
    [TestCase(".github/pull_request_template.md", None)]
    [TestCase("README.md", Code)]
    [TestCase("docs/operations.md", Code)]
    [TestCase("tests/Build/Repository.cs", Code)]
    [TestCase("build/Tasks/Deploy.cs", Code)]
    [TestCase("training/notebooks/look.dib", Code)]
    [TestCase("training/Lambda/Program.cs", Code)]
    [TestCase("build.sh", Code)]
    [TestCase("a-folder-nobody-knows/file", Code)]
    [TestCase(".github/workflows/main.yml", Code | Workflows)]
    [TestCase("infra/modules/fleet/README.md", Code | Infra)]
    [TestCase("infra/environments/staging/main.tf", Code | Infra)]
    [TestCase("cake.config", Code | Images | Infra)]
    [TestCase("inference/Server/Program.cs", Code | Images)]
    [TestCase("build/bases/Dockerfile", Code | Images)]
    [TestCase("build/scan-policy.json", Code | Images)]
    [TestCase("training/models/pumps/model.json", Code | Model)]
    [TestCase("training/models/penguins/LinearDiscriminantAnalysis.cs", Code | Images | Model)]
    [TestCase("training/Trainer/Program.cs", Code | Images | EveryModel)]
    [TestCase("training/Registry/Gates/GatePolicy.cs", Code | Images | EveryModel)]
    [TestCase("Directory.Packages.props", Code | Images | EveryModel)]
    public void Path_means_what_the_table_says(string path, ChangedParts parts) => Assert.That(ChangePolicy.PartsOf(path), Is.EqualTo(parts));

    [Test]
    public void File_of_a_model_touches_that_model() => Assert.That(Of("training/models/pumps/model.json").Models, Is.EqualTo(new[] { "pumps" }));

    [Test]
    public void File_in_a_folder_of_a_model_touches_that_model() => Assert.That(Of("training/models/pumps/data/a.csv").Models, Is.EqualTo(new[] { "pumps" }));

    [TestCase("training/Trainer/Program.cs")]
    [TestCase("global.json")]
    [TestCase("build/Gates/ModelTrials.cs")]
    [TestCase("training/models/shared.props")]
    public void What_all_are_made_with_touches_every_model(string path) => Assert.That(Of(path).Models, Is.EqualTo(Models));

    [Test]
    public void Words_alone_touch_nothing()
    {
        var changes = Of("docs/glossary.md", "training/models/pumps/README.md");
        Assert.That(changes, Is.EqualTo(new RepositoryChanges(2, false, false, false, false, changes.Models, changes.Deleted)));
        Assert.That(changes.Models.Concat(changes.Deleted), Is.Empty);
    }

    [Test]
    public void Deleted_model_is_named_and_not_trained()
    {
        var changes = Of("training/models/valves/model.json", "training/models/pumps/model.json");
        Assert.That(changes.Models, Is.EqualTo(new[] { "pumps" }));
        Assert.That(changes.Deleted, Is.EqualTo(new[] { "valves" }));
    }

    [Test]
    public void Parts_of_all_files_add_up()
    {
        var changes = Of("infra/environments/staging/main.tf", "gateway/Proxy/Program.cs", "docs/glossary.md");
        Assert.That((changes.Files, changes.Code, changes.Images, changes.Infra, changes.Workflows), Is.EqualTo((3, true, true, true, false)));
    }

    // a rule for what is no longer there protects nothing
    [Test]
    public void Every_rule_is_about_something_in_this_repository()
    {
        string[] later = ["LICENSE", "nuget.config", "build/Workflows/", "tests/Workflows/"];
        foreach (var rule in ChangePolicy.Rules.Where(rule => !rule.Form.Contains('*', StringComparison.Ordinal) && !later.Contains(rule.Form)))
            Assert.That(Path.Exists(Path.Combine(Repository.Root, rule.Form)), rule.Form);
    }

    private static RepositoryChanges Of(params string[] paths) => ChangePolicy.Of(paths, Models);
}
