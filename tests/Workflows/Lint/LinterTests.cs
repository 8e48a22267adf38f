using Slipway.Build.Workflows.Lint;
using Slipway.Build.Workflows.Lint.Reading;
using Slipway.Registry;

namespace Slipway.Workflows.Tests.Lint;

/// <summary>One run of each linter on a folder with all mistakes: how they are started, what is ignored, and the positions of findings.</summary>
public sealed class LinterTests
{
    private readonly SeededFolder _folder = new();

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void GitHubsParserAndActionlintFindWhatIsWrongAndNothingElse()
    {
        var findings = OrSkip(() => Linters().Check(_folder.Root, WorkflowFiles.Read(_folder.Root).Paths));

        Assert.That(findings.Select(one => (one.File, one.Line, one.Rule)).Distinct(), Is.EquivalentTo(new[]
        {
            (SeededFolder.WrongAction, 6, "github"),
            At("id-token: read", "github"),
            At("uses: ./.github/workflows/_deploy.yml", "github"),
            At("enviroment:", "github"),
            At("needs:", "github"),
            At("steps:\n    needs:", "actionlint:job-needs"),
            At("continue-on-err:", "github"),
            At("continue-on-err:", "actionlint:syntax-check"),
            At("set-output", "actionlint:deprecated-commands"),
            At("matrix.colour", "github"),
            At("matrix.colour", "actionlint:expression"),
            At("steps.frist", "github"),
            At("steps.frist", "actionlint:expression"),
            At("head_commit.message", "actionlint:expression"),
        }));
    }

    [Test]
    public void ShellCheckTellsTheLineInTheWorkflow()
    {
        var findings = OrSkip(() => new ShellSteps(new(new StartingCakeContext(), TimeProvider.System, default)).Check(WorkflowFiles.Read(_folder.Root)));

        Assert.That(findings.Where(one => one.Rule == "shellcheck:SC2086").Select(one => (one.File, one.Line, one.Column)), Is.SupersetOf(new[]
        {
            (SeededFolder.Wrong, SeededFolder.Line("echo $COLOR"), 16),
            (SeededFolder.Wrong, SeededFolder.Line("echo $FIRST"), 19),
        }));
        Assert.That(findings.Where(one => one.File != SeededFolder.Wrong), Is.Empty);
    }

    [Test]
    public void TheWorkflowsOfThisRepositoryPassAllOfThem()
    {
        var files = WorkflowFiles.Read(Repository.Paths.Root);

        Assert.That(OrSkip(() => new ShellSteps(new(new StartingCakeContext(), TimeProvider.System, default)).Check(files)), Is.Empty);
        Assert.That(OrSkip(() => Linters().Check(Repository.Paths.Root, files.Paths)), Is.Empty);
    }

    private static NpmLinters Linters() =>
        new(new(new StartingCakeContext(), TimeProvider.System, default), Repository.Paths.WorkflowLinters, Repository.Paths.InstalledWorkflowLinters);

    private static (string File, int Line, string Rule) At(string part, string rule) => (SeededFolder.Wrong, SeededFolder.Line(part), rule);

    private static IReadOnlyList<WorkflowFinding> OrSkip(Func<IReadOnlyList<WorkflowFinding>> check)
    {
        try
        {
            return check();
        }
        catch (SlipwayException e) when (e.Message.Contains("is not on the PATH", StringComparison.Ordinal) || e.Message.StartsWith("Node.js on the PATH is too old", StringComparison.Ordinal) || e.Message.StartsWith("npm could not install", StringComparison.Ordinal))
        {
            Assert.Ignore(e.Message);
            throw;
        }
    }
}
