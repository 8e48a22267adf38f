using System.Diagnostics;
using System.Text.RegularExpressions;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Answers.Tests.Evidence;
using Slipway.Automation.Jobs;
using Slipway.Automation.Traffic;
using Slipway.Build.Environments.Infra;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;

namespace Slipway.EndToEnd.Tests.Aws;

/// <summary>
/// The life of one environment on AWS, in order, on the emulator: Terraform builds it, the targets work on it, and data that arrives in the bucket becomes
/// a served version by way of events, functions and training jobs. Everything goes through the SDK; nothing but AWS itself is pretended.
/// </summary>
public sealed class AwsJourneyTests
{
    private const string RolledOut = "tumor-diagnosis";

    private EmulatedSystem _system = null!;
    private HostRun _firstDeploy = null!;

    [OneTimeSetUp]
    public async Task BuildAndDeployFromNothing()
    {
        Terraform.RequireIt();
        _system = await EmulatedSystem.StartAsync();
        var packaged = await _system.PackageFunctionsAsync();
        if (packaged.All.Contains("Platform linker", StringComparison.Ordinal) || packaged.All.Contains("cannot find -lz", StringComparison.Ordinal))
            Assert.Ignore($"A compiler for native code is missing, so the functions cannot be built. Get it with .ci/install, or apt-get install clang zlib1g-dev.\n{packaged.All}");
        Assert.That(packaged.ExitCode, Is.Zero, packaged.All);
        var applied = await _system.Run("ApplyInfra");
        if (applied.All.Contains(TerraformProviders.InstallHint, StringComparison.Ordinal))
            Assert.Ignore(applied.All);
        Assert.That(applied.ExitCode, Is.Zero, applied.All);
        await _system.DescribeAsync();
        _firstDeploy = await _system.Succeeds(_system.Run("Deploy"));
    }

    [OneTimeTearDown]
    public async Task StopEverything()
    {
        if (_system is not null)
            await _system.DisposeAsync();
    }

    [Test, Order(1)]
    public async Task WhatTerraformBuiltNeedsNoChange()
    {
        var plan = await _system.Succeeds(_system.Run("PlanInfra"));

        Assert.That(plan.Output, Does.Contain("nothing to change"));
    }

    [Test, Order(2)]
    public async Task DeployEndsWithACurlThatAnswersWithItsLineage()
    {
        var curl = _firstDeploy.Lines[^1];
        Assert.That(curl, Does.StartWith($"curl -i {_system.Url}/v2/models/{EmulatedSystem.Model}/infer"));
        if (!File.Exists("/usr/bin/curl"))
            Assert.Ignore("curl is missing, so the printed command cannot be tried. Get it with .ci/install, or apt-get install curl.");

        var start = new ProcessStartInfo("/bin/sh", ["-c", curl]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLIPWAY_API_KEY"] = _system.ApiKey;
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(answer, Does.StartWith("HTTP/1.1 200 OK"));
        foreach (var header in new[] { SlipwayHeaders.PredictionId, SlipwayHeaders.ModelVersion, SlipwayHeaders.TrainingJob, SlipwayHeaders.Color })
            Assert.That(answer, Does.Contain($"{header}: ").IgnoreCase);
    }

    [Test, Order(2)]
    public async Task CallerWithoutAKeyIsTurnedAway()
    {
        using var nobody = DirectHttpClient.Create(TimeSpan.FromSeconds(20));
        using var answer = await nobody.GetAsync($"{_system.Url}/v2/models/{EmulatedSystem.Model}");

        Assert.That((int)answer.StatusCode, Is.EqualTo(401));
    }

    [Test, Order(3)]
    public async Task SecondDeployChangesNothingAndLosesNothing()
    {
        await using var load = await _system.StartLoad();
        var run = await _system.Succeeds(_system.Run("Deploy"));
        var result = await load.Stop();

        Assert.That(run.Output, Does.Not.Match("Start (blue|green|the gateway)"));
        Assert.That(result.Lost, Is.Empty);
        Assert.That(result.Answers, Is.GreaterThan(100));
    }

    [Test, Order(4)]
    public async Task DatasetPutIntoTheBucketBecomesAServedVersionUnderLoad()
    {
        var clock = Stopwatch.StartNew();
        await using var load = await _system.StartLoad();
        await load.Answers(100);
        await _system.DropAsync(OtherDataset(77), "arrived.csv");
        await EmulatedSystem.Eventually(async () => await _system.LiveVersionAsync() == "2" ? "2" : null, "Version 2 answering");
        TestContext.Out.WriteLine($"From the put to the first answer of version 2: {clock.Elapsed.TotalSeconds:0.0} s, under load.");
        await load.Answers(200);
        var result = await load.Stop();

        Assert.That(result.Lost, Is.Empty);
        Assert.That(result.Mixed, Is.Empty);
        Assert.That(result.Versions, Is.EqualTo(new[] { "1", "2" }));

        var manifest = await new ModelVersions(_system.Store).GetAsync(EmulatedSystem.Model, 2, default);
        Assert.That(manifest!.Lineage.Dataset.Key, Is.EqualTo(StoreKeys.Dataset(EmulatedSystem.Model, "arrived.csv")));
        Assert.That(manifest.Lineage.Environment.Image, Does.StartWith("sha256:"));
        var tags = await _system.Store.GetTagsAsync(manifest.Artifact.Key);
        Assert.That(tags["slipway:dataset-sha256"], Is.EqualTo(manifest.Lineage.Dataset.Sha256));
    }

    [Test, Order(5)]
    public async Task VersionsAreInTheModelRegistryWithTheirLineage()
    {
        var packages = await PackagesAsync();

        Assert.That(packages.Select(package => package.ModelApprovalStatus), Is.EqualTo(new[] { ModelApprovalStatus.Approved, ModelApprovalStatus.Approved }));
        var newest = await _system.SageMaker.DescribeModelPackageAsync(new() { ModelPackageName = packages[0].ModelPackageArn });
        Assert.That(newest.CustomerMetadataProperties, Does.ContainKey("slipway-version").WithValue("2"));
    }

    [Test, Order(6)]
    public async Task TraceLeadsFromAnAnswerToDatasetAndCommit()
    {
        using var answer = await _system.Predict();
        var id = answer.Headers.GetValues(SlipwayHeaders.PredictionId).Single();
        var manifest = await new ModelVersions(_system.Store).GetAsync(EmulatedSystem.Model, 2, default);

        var trace = await _system.Succeeds(_system.Run("Trace", $"--prediction={id}"));

        Assert.That(trace.Output, Does.Match("id authentic +yes"));
        foreach (var fact in new[] { manifest!.Lineage.TrainingJob, manifest.Lineage.Dataset.Version, manifest.Lineage.Source.Commit, manifest.Lineage.Environment.Image })
            Assert.That(trace.Output, Does.Contain(fact));
        await _system.Label(id, label: 0);
        await EvidenceIsSignedByTheEnvironmentsKey(id);
    }

    private async Task EvidenceIsSignedByTheEnvironmentsKey(string prediction)
    {
        var file = Path.Combine(_system.Home, "evidence.json");
        var written = await _system.Succeeds(_system.Run("Evidence", $"--prediction={prediction}", $"--output={file}"));
        var fingerprint = Regex.Match(written.Output, @"node check-evidence\.mjs evidence\.json (\S+)").Groups[1].Value;
        using var check = new EvidenceCheck();

        Assert.That(fingerprint, Is.Not.Empty, written.All);
        if (EvidenceCheck.Missing is null)
        {
            var (code, said) = check.Run(await File.ReadAllBytesAsync(file), fingerprint);
            Assert.That(code, Is.Zero, said);
        }
    }

    [Test, Order(7)]
    public async Task TrainShowsTheJobAndPublishesThroughTheSameGates()
    {
        var run = await _system.Succeeds(_system.Run("Train", $"--dataset={OtherDataset(78)}"));

        Assert.That(run.Output, Does.Contain("became 'predictive-maintenance' version 3").And.Contain("s3://"));
        Assert.That(await _system.LiveVersionAsync(), Is.EqualTo("3"));
        Assert.That(await JobsAsync(), Is.EqualTo(3), "the dataset that Train brought also told the function, and both mean the same job");
    }

    [Test, Order(8)]
    public async Task RejectingAPackageTakesThePointersToTheNewestThatIsApproved()
    {
        await _system.SageMaker.UpdateModelPackageAsync(new()
        {
            ModelPackageArn = (await PackagesAsync())[0].ModelPackageArn,
            ModelApprovalStatus = ModelApprovalStatus.Rejected,
            ApprovalDescription = "wrong on night shifts",
        });

        await EmulatedSystem.Eventually(async () => await _system.LiveVersionAsync() == "2" ? "2" : null, "Version 2 answering again");

        var history = await _system.Succeeds(_system.Run("History", $"--model={EmulatedSystem.Model}", "--verify"));
        Assert.That(history.Output, Does.Contain("rollback  3 -> 2").And.Contain("Everything is unmodified"));
    }

    [Test, Order(9)]
    public async Task RollbackGoesToTheVersionThatAPersonNames()
    {
        var run = await _system.Succeeds(_system.Run("Rollback", $"--model={EmulatedSystem.Model}", "--to=1", "--reason=as it was"));

        Assert.That(run.Output, Does.Contain("from version 2 to 1"));
        Assert.That(await _system.LiveVersionAsync(), Is.EqualTo("1"));
        await _system.Succeeds(_system.Run("SmokeTest"));
    }

    [Test, Order(10)]
    public async Task DatasetThatCannotBeTrainedOnMovesNothing()
    {
        var bad = Path.Combine(_system.Home, "bad.csv");
        await File.WriteAllTextAsync(bad, "Type,Torque [Nm]\nL,many\n");
        await _system.DropAsync(bad, "bad.csv");

        var outcome = await EmulatedSystem.Eventually(() => OutcomeOfAsync("bad.csv"), "The outcome of the bad dataset");

        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Failed));
        Assert.That(outcome.Reason, Does.Contain("column"));
        Assert.That(await _system.LiveVersionAsync(), Is.EqualTo("1"));
    }

    [Test, Order(11)]
    public async Task VersionThatDoesWellIsRolledOutByTheFunctionAndServedByBothColors()
    {
        var clock = Stopwatch.StartNew();
        var run = await _system.Succeeds(_system.Run("Train", $"--model={RolledOut}", $"--dataset={await SomeRowsAsync(500)}"));
        TestContext.Out.WriteLine($"A version that is rolled out, with Train: {clock.Elapsed.TotalSeconds:0.0} s.");

        Assert.That(run.Output, Does.Match($"==> Roll out '{RolledOut}' version 2 to green \\(rollout r\\d+\\)"));
        Assert.That(await MovesAsync(), Is.EqualTo(new[] { "publish 1 blue+green automation", "publish 2 green automation", $"publish 2 blue rollout {await LastRolloutAsync()}" }));
    }

    [Test, Order(12)]
    public async Task VersionThatDoesBadlyIsTakenBackAndBlockedByTheFunction()
    {
        var clock = Stopwatch.StartNew();
        // a gateway of before that is gone, but whose callers got errors from the candidate: no test needs to send that many requests
        var rollout = $"r{(await new DesiredTrafficStore(_system.Store, _system.Record.Gateway, TimeProvider.System).ReadAsync(default))!.Revision + 1}";
        await _system.Store.WriteAsync(
            StoreKeys.Observation(_system.Record.Gateway, "gone"),
            new(rollout, "gone", 1, new([new(50, new(Errors: 40), new(Answered: 40))]), ShadowCounts.None, LatencyCounts.None, LatencyCounts.None, []),
            RegistryJson.Default.RolloutObservation, PutCondition.Absent);
        await _system.DropAsync(await SomeRowsAsync(540), "more.csv", RolledOut);

        var blocked = $"rollback 2 green+blue rollout {rollout}";
        await EmulatedSystem.Eventually(async () => (await MovesAsync())[^1] == blocked ? blocked : null, "The version is blocked");
        TestContext.Out.WriteLine($"A version that is taken back, from the put to the block: {clock.Elapsed.TotalSeconds:0.0} s.");

        Assert.That((await MovesAsync())[^2], Is.EqualTo("publish 3 green automation"));
        var history = await _system.Succeeds(_system.Run("History", $"--model={RolledOut}", "--verify"));
        Assert.That(history.Output, Does.Contain("rollback  3 -> 2").And.Contain("Everything is unmodified").And.Match($"{rollout}.*rolled.back"));
        var explained = await _system.Succeeds(_system.Run("Explain"));
        Assert.That(explained.Output, Does.Contain($"Rollout {rollout}").And.Contain("Computed again from the recorded counts"));
        Assert.That(await LastRolloutAsync(), Is.EqualTo(rollout));
    }

    [Test, Order(13)]
    public async Task AnotherReleaseTakesTheIdleColorAndTrafficMovesUnderLoad()
    {
        using var changed = new ChangedBuildOutput(_system.Root);
        await using var load = await _system.StartLoad();
        await _system.Succeeds(_system.Run("Deploy"));
        var deployed = await ColorAsync();
        await _system.Succeeds(_system.Run("Rollback"));
        var rolledBack = await ColorAsync();
        var result = await load.Stop();

        Assert.That((deployed, rolledBack), Is.EqualTo(("green", "blue")));
        Assert.That(result.Lost, Is.Empty);
    }

    [Test, Order(14)]
    public async Task ReleaseThatDoesNotStartIsRefusedAloudAndTrafficStays()
    {
        using var broken = new BrokenServer(_system.Root);
        await using var load = await _system.StartLoad();
        var run = await _system.Run("Deploy");
        var result = await load.Stop();

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.All, Does.Contain("did not come up").And.Contain("circuit breaker").And.Contain("Traffic was not moved"));
        Assert.That(await ColorAsync(), Is.EqualTo("blue"));
        Assert.That(result.Lost, Is.Empty);
    }

    [Test, Order(15)]
    public async Task StatusShowsWhatRunsAndWhereTrafficGoes()
    {
        var status = await _system.Succeeds(_system.Run("Status"));

        Assert.That(status.Output, Does.Contain("blue (live)").And.Contain($"{EmulatedSystem.Model} version 1").And.Match("split +blue 100 %"));
        Assert.That(status.Output, Does.Contain("aws ssm start-session").And.Contain($"--secret-id {_system.Record.PageTokenSecret} "), "how to open the operator's page");
    }

    /// <summary>The label was sent long ago. If its hour was joined just before, the function joins it again after a quarter of the hour's age, or at night: this is the night.</summary>
    [Test, Order(15)]
    public async Task LabelsAreJoinedByTheFunction()
    {
        var report = await EmulatedSystem.Eventually(
            async () => await _system.InvokeAsScheduled("labels-due", "labels-all") && (await _system.Store.ReadAsync(StoreKeys.Quality(EmulatedSystem.Model), RegistryJson.Default.QualityReport))?.Value is { Feedback.Joined: > 0 } joined ? joined : null, "the label is joined with its prediction");

        Assert.That((report.Feedback.Joined, report.Versions.Where(one => one.Day is null).Sum(one => one.Labels)), Is.EqualTo((1L, 1L)));
    }

    [Test, Order(16)]
    public async Task NotebookTrainsHereAndOnSageMakerAndFindsTheSameBytes()
    {
        var printed = await Notebook.ToProduction.RunAsync(new Dictionary<string, string>(_system.Variables)
        {
            ["SLIPWAY_HOME"] = _system.Home,
            ["SLIPWAY_API_KEY"] = _system.ApiKey,
            ["CI"] = "true",
            ["SLIPWAY_NOTEBOOK_ENVIRONMENT"] = "emulated",
            ["SLIPWAY_NOTEBOOK_DATASET"] = OtherDataset(79),
            ["SLIPWAY_NOTEBOOK_ARGUMENTS"] = $"--exclusive --emulated_Endpoint={_system.Endpoint}",
            ["AWS_ENDPOINT_URL"] = _system.Endpoint,
            ["AWS_REGION"] = "us-east-1",
        });

        Assert.That(printed, Does.Contain(": registered.").And.Contain("The job's ONNX file is byte-identical to the one trained here."));
        Assert.That(printed, Does.Match("id authentic +yes"));
    }

    [Test, Order(17)]
    public async Task GuideToOperationsNamesTheCommandsOfThisJourney()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(BuildHost.Repository, "docs", "operations.md"));
        var commands = Regex.Matches(guide, "```sh\n(.*?)```", RegexOptions.Singleline).SelectMany(block => block.Groups[1].Value.Split('\n'))
            .Where(line => line.StartsWith("./build.sh", StringComparison.Ordinal)).ToList();

        Assert.That(commands, Is.Not.Empty);
        Assert.That(commands, Is.SubsetOf(_system.Commands));
        Assert.That(guide, Does.Contain($"s3://{_system.Record.Bucket}/{StoreKeys.DatasetsOf(EmulatedSystem.Model)}"));
    }

    [Test, Order(18)]
    public async Task TerraformTakesItAllAwayAgain() => await Terraform.DestroyAsync(_system);

    // newest first
    private async Task<IReadOnlyList<ModelPackageSummary>> PackagesAsync()
    {
        var listed = await _system.SageMaker.ListModelPackagesAsync(new() { ModelPackageGroupName = _system.Record.Training.ModelPackageGroupPrefix + EmulatedSystem.Model });
        return [.. listed.ModelPackageSummaryList.OrderByDescending(package => package.ModelPackageVersion)];
    }

    private string OtherDataset(int seed)
    {
        var path = Path.Combine(_system.Home, $"seed-{seed}.csv");
        var trainer = Path.Combine(BuildHost.Repository, "training", "Trainer", "bin", BuildHost.Configuration, "net10.0", "Slipway.Trainer.dll");
        using var process = Process.Start("dotnet", [trainer, "generate", "--generator=ai4i2020", "--rows=10000", $"--seed={seed}", $"--output={path}"]);
        process.WaitForExit();
        return path;
    }

    private async Task<string> SomeRowsAsync(int rows)
    {
        var sample = Directory.EnumerateFiles(Path.Combine(BuildHost.Repository, "training", "models", RolledOut), "*.csv").Single();
        var path = Path.Combine(_system.Home, $"{rows}-rows.csv");
        await File.WriteAllLinesAsync(path, (await File.ReadAllLinesAsync(sample)).Take(rows));
        return path;
    }

    /// <summary>What happened to the channels of the model that is rolled out, and who did it.</summary>
    private async Task<IReadOnlyList<string>> MovesAsync() => await new ModelHistory(_system.Store).ReadAsync(RolledOut, 0, default)
        .Select(entry => $"{entry.Action.ToString().ToLowerInvariant()} {entry.To} {string.Join('+', entry.Channels.Select(color => color.Word()))} {entry.By}").ToListAsync();

    private async Task<string> LastRolloutAsync() => (await new DesiredTrafficStore(_system.Store, _system.Record.Gateway, TimeProvider.System).RolloutsAsync(default))[0];

    private async Task<string> ColorAsync()
    {
        using var answer = await _system.Predict();
        return answer.Headers.GetValues(SlipwayHeaders.Color).Single();
    }

    private async Task<int> JobsAsync() =>
        (await _system.Store.ListAsync(StoreKeys.TrainingJobs(EmulatedSystem.Model)).ToListAsync()).Count(info => info.Key.EndsWith("/lineage.json", StringComparison.Ordinal));

    private async Task<TrainingOutcome?> OutcomeOfAsync(string file)
    {
        var jobs = new TrainingJobs(_system.Store);
        await foreach (var info in _system.Store.ListAsync(StoreKeys.TrainingJobs(EmulatedSystem.Model)))
            if (info.Key.Split('/') is [_, var job, "lineage.json"] && (await jobs.LineageAsync(job, default)).Dataset.Key.EndsWith($"/{file}", StringComparison.Ordinal))
                return await jobs.OutcomeAsync(job, default);
        return null;
    }
}
