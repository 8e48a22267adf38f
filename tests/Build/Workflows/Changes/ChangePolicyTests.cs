using Slipway.Build.Workflows.Changes;
using Parts = Slipway.Build.Workflows.Changes.ChangedParts;

namespace Slipway.Build.Tests.Workflows.Changes;

public sealed class ChangePolicyTests
{
    private static readonly string[] Models = ["penguins", "pumps"];

    [TestCase("docs/glossary.md", Parts.None)]
    [TestCase("docs/picture.png", Parts.None)]
    [TestCase("training/models/pumps/NOTES.md", Parts.None)]
    [TestCase(".github/pull_request_template.md", Parts.None)]
    [TestCase("README.md", Parts.Code)]
    [TestCase("docs/evidence.md", Parts.Code)]
    [TestCase("docs/operations.md", Parts.Code)]
    [TestCase("docs/architecture.md", Parts.Code)]
    [TestCase("tests/Build/Repository.cs", Parts.Code)]
    [TestCase("build/Tasks/Deploy.cs", Parts.Code)]
    [TestCase("training/notebooks/look.dib", Parts.Code)]
    [TestCase("training/Lambda/Program.cs", Parts.Code)]
    [TestCase("build.sh", Parts.Code)]
    [TestCase("a-folder-nobody-knows/file", Parts.Code)]
    [TestCase(".github/workflows/main.yml", Parts.Code | Parts.Workflows)]
    [TestCase("infra/modules/fleet/README.md", Parts.Code | Parts.Infra)]
    [TestCase("infra/environments/staging.tfvars", Parts.Code | Parts.Infra)]
    [TestCase("cake.config", Parts.Code | Parts.Images | Parts.Infra)]
    [TestCase("inference/Server/Program.cs", Parts.Code | Parts.Images)]
    [TestCase("training/PredictionLogs/PredictionLogReader.cs", Parts.Code | Parts.Images)]
    [TestCase("inference/Hosting/Problems/Problem.cs", Parts.Code | Parts.Images)]
    [TestCase("build/bases/Dockerfile", Parts.Code | Parts.Images)]
    [TestCase("build/scan-policy.json", Parts.Code | Parts.Images)]
    [TestCase("training/models/pumps/model.json", Parts.Code | Parts.Model)]
    [TestCase("training/models/penguins/LinearDiscriminantAnalysis.cs", Parts.Code | Parts.Images | Parts.Model)]
    [TestCase("training/Trainer/Program.cs", Parts.Code | Parts.Images | Parts.EveryModel)]
    [TestCase("training/Registry/Gates/GatePolicy.cs", Parts.Code | Parts.Images | Parts.EveryModel)]
    [TestCase("Directory.Packages.props", Parts.Code | Parts.Images | Parts.EveryModel)]
    public void PathMeansWhatTheTableSays(string path, ChangedParts parts) => Assert.That(ChangePolicy.PartsOf(path), Is.EqualTo(parts));

    [Test]
    public void FileOfAModelTouchesThatModel() => Assert.That(Of("training/models/pumps/model.json").Models, Is.EqualTo(new[] { "pumps" }));

    [Test]
    public void FileInAFolderOfAModelTouchesThatModel() => Assert.That(Of("training/models/pumps/data/a.csv").Models, Is.EqualTo(new[] { "pumps" }));

    [TestCase("training/Trainer/Program.cs")]
    [TestCase("global.json")]
    [TestCase("build/Environments/Gates/ModelTrials.cs")]
    [TestCase("training/models/shared.props")]
    public void WhatAllAreMadeWithTouchesEveryModel(string path) => Assert.That(Of(path).Models, Is.EqualTo(Models));

    [Test]
    public void WordsAloneTouchNothing()
    {
        var changes = Of("docs/glossary.md", "training/models/pumps/README.md");
        Assert.That(changes, Is.EqualTo(new RepositoryChanges(2, false, false, false, false, changes.Models, changes.Deleted)));
        Assert.That(changes.Models.Concat(changes.Deleted), Is.Empty);
    }

    [Test]
    public void DeletedModelIsNamedAndNotTrained()
    {
        var changes = Of("training/models/valves/model.json", "training/models/pumps/model.json");
        Assert.That(changes.Models, Is.EqualTo(new[] { "pumps" }));
        Assert.That(changes.Deleted, Is.EqualTo(new[] { "valves" }));
    }

    [Test]
    public void PartsOfAllFilesAddUp()
    {
        var changes = Of("infra/environments/staging.tfvars", "gateway/Proxy/Program.cs", "docs/glossary.md");
        Assert.That((changes.Files, changes.Code, changes.Images, changes.Infra, changes.Workflows), Is.EqualTo((3, true, true, true, false)));
    }

    // a rule for something that no longer exists protects nothing
    [Test]
    public void EveryRuleIsAboutSomethingInThisRepository()
    {
        string[] later = ["LICENSE", "nuget.config", "build/Workflows/", "tests/Workflows/"];
        foreach (var rule in ChangePolicy.Rules.Where(rule => !rule.Form.Contains('*', StringComparison.Ordinal) && !later.Contains(rule.Form)))
            Assert.That(Path.Exists(Path.Combine(Repository.Root, rule.Form)), rule.Form);
    }

    private static RepositoryChanges Of(params string[] paths) => ChangePolicy.Of(paths, Models);
}
