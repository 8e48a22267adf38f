using Slipway.Build.Workflows.Lint;
using Slipway.Build.Workflows.Lint.Reading;
using static Slipway.Workflows.Tests.Lint.Snippets;

namespace Slipway.Workflows.Tests.Lint;

public sealed class RuleTests
{
    [Test]
    public void CorrectWorkflowsPass() => Assert.That(Findings(Files()), Is.Empty);

    [Test]
    public void TheWorkflowsOfThisRepositoryPass() =>
        Assert.That(Findings(WorkflowFiles.Read(Repository.Paths.Root)), Is.Empty);

    [TestCaseSource(nameof(Mistakes))]
    public void EveryMistakeIsFoundWhereItIs(Mistake mistake)
    {
        var correct = All[mistake.File];
        Assert.That(correct.Split(mistake.Instead), Has.Length.EqualTo(2), "the mistake is made in one place");
        var wrong = correct.Replace(mistake.Instead, mistake.Written, StringComparison.Ordinal);
        var line = wrong.Split('\n').Index().First(one => one.Item.Contains(mistake.At, StringComparison.Ordinal)).Index + 1;

        var findings = Findings(Files(mistake.File, wrong));

        Assert.That(findings.Select(one => (one.Rule, one.File, one.Line)), Is.EqualTo(new[] { (mistake.Rule, mistake.In ?? mistake.File, mistake.Line ?? line) }));
    }

    [Test]
    public void AFileThatTheParserGivesUpOnIsUnreadable() =>
        Assert.That(Files(MainPath, "on:\n : a\non:\n : a\n").Unreadable, Has.One.With.Property(nameof(WorkflowFinding.Message)).Contains("not YAML"));

    [Test]
    public void EveryRuleHasAMistakeThatItFinds() =>
        Assert.That(Mistakes().Select(mistake => mistake.Rule).Distinct(), Is.SupersetOf(Repository.Rules.Select(rule => rule.Name)));

    /// <param name="At">In the line that the finding names.</param>
    /// <param name="In">The file that it names, where the mistake shows in another one.</param>
    public sealed record Mistake(string Rule, string File, string Instead, string Written, string At, string? In = null, int? Line = null)
    {
        public override string ToString() => $"{Rule}: {Written.ReplaceLineEndings(" ").Trim()}";
    }

    private static IEnumerable<Mistake> Mistakes()
    {
        yield return new("yaml", MainPath, "  push:\n", "  push: all: of them\n", "push:");
        yield return new("pinned-action", SetupPath, Aws, "aws-actions/configure-aws-credentials@v6 # v6.2.3", "uses:");
        yield return new("pinned-action", SetupPath, " # v6.2.3", "", "uses:");
        yield return new("pinned-action", MainPath, "      - uses: ./.github/actions/setup", "      - uses: docker://alpine:3", "docker:");
        yield return new("local-reference", MainPath, "./.github/actions/setup", "./.github/actions/set-up", "set-up");
        yield return new("local-reference", MainPath, "./.github/actions/setup", "./.github/actions/setup\n        with:\n          roll: deploy", "roll:");
        yield return new("local-reference", SetupPath, "Which role of AWS to take; none without.", "Which.\n    required: true", "", MainPath, LineOf(Snippets.Main, "actions/setup"));
        yield return new("checkout-first", MainPath, "run: exit 1", "run: ./build.sh --target=Status", "--target=Status");
        yield return new("checkout-credentials", MainPath, "persist-credentials: false", "fetch-depth: 0", "checkout@");
        yield return new("workflow-permissions", DeployPath, "permissions: {}", "permissions:\n  contents: read", "permissions:");
        yield return new("workflow-permissions", DeployPath, "permissions: {}\n", "", "name: Deploy");
        yield return new("job-permissions", MainPath, "timeout-minutes: 5\n    permissions: {}", "timeout-minutes: 5", "required:");
        yield return new("job-permissions", MainPath, "timeout-minutes: 5\n    permissions: {}", "timeout-minutes: 5\n    permissions: write-all", "write-all");
        yield return new("needed-permission", MainPath, "    permissions: {}", "    permissions:\n      id-token: write", "", Line: LineOf(Snippets.Main, "timeout-minutes: 5") + 1);
        yield return new("needed-permission", SetupPath, "    - if: inputs.role != ''\n      uses:", "    - uses:", "", MainPath, LineOf(Snippets.Main, "actions/setup"));
        yield return new("called-permissions", MainPath, "      contents: read\n      id-token: write", "      contents: read", "", Line: LineOf(Snippets.Main, "staging:\n") + 1);
        yield return new("called-permissions", MainPath, "      id-token: write", "      id-token: write\n      packages: read", "", Line: LineOf(Snippets.Main, "staging:\n") + 1);
        yield return new("time-out", MainPath, "    timeout-minutes: 30\n", "", "test:");
        yield return new("concurrency", DeployPath, "concurrency:\n  group: deploy-${{ inputs.environment }}\n  cancel-in-progress: false\n", "", "", MainPath, LineOf(Snippets.Main, "staging:\n"));
        yield return new("concurrency", DeployPath, "cancel-in-progress: false", "cancel-in-progress: true", "concurrency:");
        yield return new("concurrency", DeployPath, "concurrency:\n  group: deploy-${{ inputs.environment }}\n  cancel-in-progress: false", "concurrency: deploy", "concurrency:");
        yield return new("concurrency", MainPath, "permissions: {}\njobs:", "permissions: {}\nconcurrency: { group: main, cancel-in-progress: false }\njobs:", "concurrency:");
        yield return new("concurrency", MainPath, "\n        run: ./build.sh --target=History", "\n          StandIns: none\n        run: ./build.sh --target=Rollback --environment=staging", "test:");
        yield return new("official-packages", DeployPath, "StandIns: none", "StandIns: all", "", Line: LineOf(Snippets.Deploy, "  deploy:"));
        yield return new("official-packages", MainPath, "--target=History ${MODEL:+\"--model=$MODEL\"}", "--target=PushImages --environment=staging", "test:");
        yield return new("described-input", MainPath, "        description: Which model.", "        type: string", "model:");
        yield return new("described-input", DeployPath, "        description: Where to.\n", "", "environment:");
        yield return new("described-input", SetupPath, "description: Which role of AWS to take; none without.", "default: ''", "role:");
        yield return new("private-workflow", MainPath, "  push:\n", "  workflow_call:\n  push:\n", "workflow_call:");
        yield return new("private-workflow", DeployPath, "on:\n", "on:\n  workflow_dispatch:\n", "on:");
        yield return new("safe-trigger", MainPath, "  push:\n", "  pull_request_target:\n  push:\n", "pull_request_target:");
        yield return new("cache-of-pull-request", PullRequestPath, "        with:\n          cached: \"false\"", "", "actions/tools");
        yield return new("cache-of-pull-request", PullRequestPath, "cached: \"false\"", "cached: \"true\"", "actions/tools");
        yield return new("cache-of-pull-request", ToolsPath, "    - if: inputs.cached == 'true'\n      uses:", "    - uses:", "", PullRequestPath, LineOf(Snippets.PullRequest, "actions/tools"));
        yield return new("cache-of-pull-request", ToolsPath, "inputs.cached == 'true'", "inputs.cached != ''", "", PullRequestPath, LineOf(Snippets.PullRequest, "actions/tools"));
        yield return new("cache-of-pull-request", PullRequestPath, "./.github/actions/tools\n        with:\n          cached: \"false\"", $"{Cache}\n        with:\n          path: a\n          key: a", "actions/cache");
        yield return new("one-line-step", MainPath, "exit 1", "echo done", "echo");
        yield return new("one-line-step", DeployPath, "$ENVIRONMENT\"", "$ENVIRONMENT\" && ./build.sh --target=Status", "run:");
        yield return new("one-line-step", DeployPath, "run: ./build.sh --target=Deploy --environment=\"$ENVIRONMENT\"", "run: |\n          ./build.sh --target=Deploy --environment=\"$ENVIRONMENT\"\n          ./build.sh --target=Status", "run:");
        yield return new("existing-target", DeployPath, "--target=Deploy", "--target=Deplyo", "run:");
        yield return new("existing-target", DeployPath, "--environment=\"$ENVIRONMENT\"", "--enviroment=\"$ENVIRONMENT\"", "run:");
        yield return new("existing-target", DeployPath, "ENVIRONMENT: ${{ inputs.environment }}", "ENVIRONMENT: stagging", "run:");
        yield return new("one-line-step", MainPath, "run: ./build.sh --target=History", "shell: pwsh\n        run: ./build.sh --target=History", "run: ./build.sh");
        yield return new("existing-target", MainPath, "--target=History ${MODEL:+\"--model=$MODEL\"}", "--target=PlanInfra", "run: ./build.sh");
        yield return new("no-expression-in-shell", DeployPath, "\"$ENVIRONMENT\"", "'${{ inputs.environment }}'", "run:");
        yield return new("set-variable", MainPath, "\"--model=$MODEL\"", "\"--model=$MODLE\"", "run: ./build.sh");
        yield return new("dependabot", DependabotPath, "version: 2", "version: 1", "version:");
        yield return new("dependabot", DependabotPath, "/build/bases", "/build/basis", "/build/basis");
        yield return new("dependabot", DependabotPath, "  - package-ecosystem: dotnet-sdk\n    directory: /\n    schedule: { interval: weekly }\n", "", "updates:");
        yield return new("dependabot", DependabotPath, "    directories: [/, /.github/actions/*]\n", "", "github-actions");
        yield return new("dependabot", DependabotPath, "    directories: [/infra/*]\n    schedule: { interval: weekly }", "    directories: [/infra/*]\n    schedule: { interval: often }", "often");
    }

    private static int LineOf(string text, string part) => text[..text.IndexOf(part, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
}
