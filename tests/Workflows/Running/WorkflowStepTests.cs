using System.Text.Json.Nodes;
using Slipway.Build.Cli;
using Slipway.Build.Tests.Workflows.PullRequests;
using Slipway.Build.Workflows.Lint;
using Slipway.Registry;

namespace Slipway.Workflows.Tests.Running;

/// <summary>
/// Every <c>run:</c> step of every workflow, executed as GitHub's runner executes it, in a small copy of this repository and in the local environment.
/// It proves that a shell and the build understand the line, that its variables are passed, and that exit code, outputs and summary are what later
/// steps and jobs need. It does not test Terraform, Trivy and Docker, for which stand-ins are on the PATH, nor anything on AWS: a step that needs an
/// environment there is executed until its first call fails.
/// </summary>
[NonParallelizable]
public sealed class WorkflowStepTests
{
    private const string Account = "123456789012";

    private static readonly JsonObject Aws = new() { ["STAGING_ACCOUNT"] = Account, ["PRODUCTION_ACCOUNT"] = Account, ["AWS_REGION"] = "eu-central-1" };

    private PreparedRepository _repository = null!;
    private WorkflowRunner _runner = null!;

    private Given PullRequest => new()
    {
        Event = "pull_request",
        Payload = new()
        {
            ["pull_request"] = new JsonObject { ["number"] = 7, ["base"] = new JsonObject { ["sha"] = _repository.Base }, ["head"] = new JsonObject { ["repo"] = new JsonObject { ["fork"] = false, ["full_name"] = "acme/slipway" } } },
            ["repository"] = new JsonObject { ["private"] = false, ["full_name"] = "acme/slipway" },
        },
        Needs = new()
        {
            ["changes"] = new JsonObject
            {
                ["result"] = "success",
                ["outputs"] = new JsonObject { ["code"] = "true", ["images"] = "true", ["infra"] = "true", ["workflows"] = "true", ["models"] = PreparedRepository.Model },
            },
        },
    };

    private static Given By(string environment, params (string Name, string Value)[] inputs) => new()
    {
        Inputs = new(inputs.Prepend(("environment", environment)).Select(input => KeyValuePair.Create(input.Item1, (JsonNode?)input.Item2))),
        Variables = (JsonObject)Aws.DeepClone(),
    };

    [OneTimeSetUp]
    public async Task Prepare()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The runner of the workflows is Linux: on Windows there is no bash to run their steps with.");
        var linters = LinterFolder();
        _repository = await PreparedRepository.CreateAsync();
        _runner = new(_repository, new(linters));
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        if (_repository is null)
            return;
        var job = _runner.Files.Jobs.First();
        await Shell.RunAsync("./build.sh --target=Stop", _repository.Temporary, _repository.Variables(job, new()));
        _runner.Dispose();
        _repository.Dispose();
    }

    [Test, Order(1)]
    public async Task APullRequestSaysWhatItTouches()
    {
        var job = await Succeeds("pull-request", "changes", PullRequest);
        Assert.That(job.Outputs, Is.SupersetOf(new Dictionary<string, string> { ["models"] = PreparedRepository.Model, ["code"] = "true", ["infra"] = "false", ["workflows"] = "false" }));
    }

    [Test, Order(2)]
    public async Task APullRequestIsTested() =>
        Assert.That((await Succeeds("pull-request", "test", PullRequest)).Log, Does.Contain("1 passed, 0 failed, 0 skipped"));

    [Test, Order(3)]
    public async Task APullRequestIsCheckedForItsFormat() => await Succeeds("pull-request", "format", PullRequest);

    [Test, Order(4)]
    public async Task APullRequestIsLinted() => await Succeeds("pull-request", "workflows", PullRequest);

    [Test, Order(5)]
    public async Task APullRequestShowsItsPlan()
    {
        var job = await Succeeds("pull-request", "plan", PullRequest with { Variables = Aws, Matrix = new() { ["environment"] = "staging" } });
        Assert.That(job.Log, Does.Contain("aws_s3_bucket.store will be created"));
    }

    [Test, Order(6)]
    public async Task TheImagesOfAPullRequestAreScanned() =>
        Assert.That((await Succeeds("pull-request", "images", PullRequest))["scan"].Outputs["folder"], Does.StartWith("artifacts/images/"));

    [Test, Order(7)]
    public async Task TheModelsOfAPullRequestAreGated()
    {
        var job = await Succeeds("pull-request", "gate", PullRequest);
        Assert.That(job.Summary, Does.Contain(PreparedRepository.Model));
    }

    [Test, Order(8)]
    public async Task TheGatesAreCommented()
    {
        await using var github = new FakeGitHub();
        _repository.Write("artifacts/gates/summary.md", "# Gates\n");
        var given = PullRequest with { Api = github.Address, Needs = new() { ["gate"] = new JsonObject { ["result"] = "success" } } };
        await Succeeds("pull-request", "comment", given);
        Assert.That(github.Comments.Single().Body, Does.Contain("# Gates"));
    }

    [TestCase("failure", "failure"), TestCase("cancelled", "failure"), TestCase("skipped", "success"), TestCase("success", "success"), Order(9)]
    public async Task TheRequiredCheckFailsWhereAJobFailed(string gate, string outcome) =>
        Assert.That((await _runner.RunAsync("pull-request", "required", PullRequest with { Needs = new() { ["gate"] = new JsonObject { ["result"] = gate } } })).Outcome, Is.EqualTo(outcome));

    [Test, Order(10)]
    public async Task ImagesAreScannedAndPushedToStaging()
    {
        var job = await _runner.RunAsync("main", "images", PullRequest with { Event = "push", Variables = Aws });
        Assert.That(job["scan"].Outcome, Is.EqualTo("success"), job.Log);
        IsAtTheDoorOfAws(job["push"]);
    }

    [Test, Order(11)]
    public async Task ImagesArePushedToProduction()
    {
        var variables = (JsonObject)Aws.DeepClone();
        variables["STAGING_ACCOUNT"] = "";
        var job = await _runner.RunAsync("main", "images", PullRequest with { Event = "push", Variables = variables, Instead = new Dictionary<string, string> { ["scan"] = "success" } });
        IsAtTheDoorOfAws(job["--environment=production"]);
    }

    [Test, Order(20)]
    public async Task OneModelIsTrained() => await Succeeds("train", "train", By("local", ("model", PreparedRepository.Model)));

    [Test, Order(21)]
    public async Task ADeploymentIsTriedAsACallerWould()
    {
        var job = await Succeeds("_deploy", "deploy", By("local", ("account", Account), ("tag", "1.0.0-abc")));
        Assert.That(job["deploy"].Outputs["url"], Does.StartWith("http://127.0.0.1:"));
        Assert.That(job.Steps.Where(step => step.Step.Contains("Rollback", StringComparison.Ordinal)).Select(step => step.Outcome), Is.EqualTo(new[] { "skipped" }));
    }

    [Test, Order(22)]
    public async Task TrafficIsTakenBackWhereTheSmokeTestFailed()
    {
        var given = By("local", ("account", Account), ("tag", "1.0.0-abc")) with
        {
            Instead = new Dictionary<string, string> { ["deploy"] = "success", ["smoke"] = "failure" },
            Says = new Dictionary<string, string> { ["deploy.moved"] = "true" },
        };
        var job = await _runner.RunAsync("_deploy", "deploy", given);
        // the first deployment has nothing before it
        Assert.That(job["Rollback"].ExitCode, Is.EqualTo(1), job.Log);
        Assert.That(job["Rollback"].Output, Does.Contain("There is no traffic move to roll back"));
    }

    [Test, Order(23)]
    public async Task EveryModelIsTrained()
    {
        SmallSolution.ChangeModel(_repository.Root, PreparedRepository.Model);
        await _repository.Commit("Change the model again");
        await Succeeds("train", "train", By("local", ("model", "")));
    }

    [Test, Order(24)]
    public async Task AModelIsRolledBack()
    {
        var job = await Succeeds("rollback", "rollback", By("local", ("what", "model"), ("model", PreparedRepository.Model), ("version", ""), ("reason", "it's \"too eager\" $HOME")));
        Assert.That(job.Log, Does.Contain("from version 2 to 1"));
    }

    [Test, Order(25)]
    public async Task PromotionWithoutARolloutSaysSo()
    {
        var job = await _runner.RunAsync("promote", "promote", By("local", ("step", ""), ("reason", "it's \"urgent\" $HOME")));
        Assert.That(job["Promote"].ExitCode, Is.EqualTo(1), job.Log);
        Assert.That(job["Promote"].Output, Does.Contain("No rollout is running in 'local'"));
    }

    [Test, Order(30)]
    public async Task InfrastructureIsApplied() =>
        Assert.That((await Succeeds("infra", "apply", By("staging") with { Needs = new() { ["plan"] = new JsonObject { ["result"] = "success" } } })).Log, Does.Contain("'staging' is up to date"));

    [Test, Order(31)]
    public async Task ConfigurationDriftIsToldApartFromAFailure()
    {
        var job = await _runner.RunAsync("infra", "configuration-drift", new() { Event = "schedule", Variables = Aws, Matrix = new() { ["environment"] = "staging" } });
        Assert.That(job["CheckInfra"].ExitCode, Is.EqualTo(ExitCodes.Refused), job.Log);
    }

    [Test, Order(40)]
    public async Task EverythingIsVerifiedAtNight() => await Succeeds("nightly", "verify", new() { Event = "schedule" });

    [Test, Order(40)]
    public async Task TheAWSPackagesAreCheckedAtNight()
    {
        var job = await Succeeds("nightly", "sdk", new() { Event = "schedule" });
        Assert.That(job["CheckSdk"].Output, Does.Contain("The solution compiles against the complete public API of the official AWS packages").Or.Contain("The official AWS packages are in use"));
    }

    [Test, Order(41)]
    public async Task WhatIsLiveIsScannedAgain() =>
        IsAtTheDoorOfAws((await _runner.RunAsync("nightly", "scan", PullRequest with { Event = "schedule", Variables = Aws, Matrix = new() { ["environment"] = "staging" } }))["scan"]);

    [Test, Order(42)]
    public async Task TheBenchmarkIsStarted()
    {
        // it takes minutes, so the small copy has none of the programs to compare
        var job = await _runner.RunAsync("nightly", "benchmark", new() { Event = "schedule" });
        Assert.That(job["Benchmark"].ExitCode, Is.EqualTo(ExitCodes.Failed), job.Log);
        Assert.That(job["Benchmark"].Output, Does.Contain("build/Benchmarks"));
    }

    [Test, Order(42)]
    public async Task StartsTheSoak()
    {
        // as the benchmark
        var job = await _runner.RunAsync("nightly", "soak", new() { Event = "schedule" });
        Assert.That(job["Soak"].ExitCode, Is.EqualTo(ExitCodes.Failed), job.Log);
        Assert.That(job["Soak"].Output, Does.Contain("build/Soak"));
    }

    [TestCase("unix", "ubuntu-24.04-arm"), TestCase("windows", "windows-2025"), Order(43)]
    public async Task TheTwoCommandsOfTheReadmeAreRunOnOtherPlatforms(string workflowJob, string runner)
    {
        var job = await Succeeds("nightly", workflowJob, new() { Event = "schedule", Matrix = new() { ["runner"] = runner } });
        Assert.That(job["--target=Deploy"].Output, Does.Contain("Gateway: http://127.0.0.1:").And.Contain("curl -i "));
        Assert.That(job["--target=SmokeTest"].Output, Does.Contain(PreparedRepository.Model));
        Assert.That(job["--target=Test"].Output, Does.Contain("1 passed, 0 failed, 0 skipped"));
    }

    [Test, Order(100)]
    public void EveryStepHasBeenExecuted() => Assert.That(ExecutedSteps.Missing(_runner.Files), Is.Empty);

    private async Task<JobResult> Succeeds(string workflow, string job, Given given)
    {
        var result = await _runner.RunAsync(workflow, job, given);
        Assert.That(result.Outcome, Is.EqualTo("success"), result.Log);
        return result;
    }

    private static void IsAtTheDoorOfAws(StepResult step)
    {
        Assert.That(step.ExitCode, Is.EqualTo(ExitCodes.Failed), step.Output);
        Assert.That(step.Output, Does.Contain("Nothing is listening at http://127.0.0.1:9"));
    }

    // GitHub's evaluator comes with its parser
    private static string LinterFolder()
    {
        try
        {
            return new NpmLinters(new(new StartingCakeContext(), TimeProvider.System, default), Repository.Paths.WorkflowLinters, Repository.Paths.InstalledWorkflowLinters).Install();
        }
        catch (SlipwayException e)
        {
            Assert.Ignore(e.Message);
            throw;
        }
    }
}
