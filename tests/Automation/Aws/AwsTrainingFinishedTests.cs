using Amazon.SageMaker;
using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Tests.SageMaker;
using Slipway.Registry;
using Slipway.Registry.Costs;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Aws;

[Category("Sdk")]
public sealed class AwsTrainingFinishedTests
{
    private AwsFixture _aws = null!;

    [SetUp]
    public async Task SetUp()
    {
        _aws = new();
        await _aws.Deploys();
    }

    [Test]
    public async Task PassingJobIsPublishedAndStandsInTheModelRegistry()
    {
        var job = await _aws.Trains("pressure,failed\n1,0\n", 1);

        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
        var package = _aws.SageMaker.Packages.Single();
        Assert.That(package.ModelApprovalStatus.Value, Is.EqualTo("Approved"));
        Assert.That(package.ModelPackageGroupName, Is.EqualTo("slipway-test-pumps"));
        Assert.That(package.CustomerMetadataProperties["slipway-version"], Is.EqualTo("1"));
        Assert.That(package.CustomerMetadataProperties["slipway-training-job"], Is.EqualTo(job));
        Assert.That(package.CustomerMetadataProperties["slipway-metrics"], Is.EqualTo("averagePrecision=0.9"));
        Assert.That(package.InferenceSpecification.Containers.Single().ModelDataUrl, Is.EqualTo($"s3://slipway-test/training-jobs/{job}/output/model.tar.gz"));
        Assert.That(package.InferenceSpecification.Containers.Single().Image, Does.EndWith($"/slipway/model@{AwsFixture.Image}"));
        Assert.That(package.ClientToken, Does.Match("^[a-zA-Z0-9-]{1,36}$"));
    }

    [Test]
    public async Task ArchiveIsReadOnceForTheGatesAndTheReport()
    {
        var job = await _aws.Trains("pressure,failed\n1,0\n", 1);

        Assert.That(_aws.Store.Read.Count(key => key == StoreKeys.TrainingArtifact(job)), Is.EqualTo(1));
        Assert.That(await _aws.Store.HeadAsync(StoreKeys.TrainingReportPage(job)), Is.Not.Null);
    }

    [Test]
    public async Task BilledSecondsArePricedByTheTableThatDeployLeft()
    {
        var prices = new PriceTable("USD", new(2026, 11, 1), "a test", new Dictionary<string, RegionPrices> { ["eu-central-1"] = new(new Dictionary<string, decimal> { ["ml.m5.large"] = 0.138m }) });
        await _aws.Deploys(prices: prices);
        var job = await _aws.Begins("pressure,failed\n1,0\n", 1);
        _aws.SageMaker.States[job] = new([new() { TrainingJobName = job, TrainingJobStatus = TrainingJobStatus.Completed, BillableTimeInSeconds = 80, ResourceConfig = new() { InstanceType = TrainingInstanceType.MlM5Large, InstanceCount = 1 } }]);
        await _aws.Completes(job);
        var outcome = await _aws.Jobs.OutcomeAsync(job, default);
        var manifest = await _aws.Versions.GetAsync(AwsFixture.Model, 1, default);

        Assert.That(CostText.Of(outcome!.Cost), Is.EqualTo("0.003067 USD: 80 billable seconds on ml.m5.large at 0.138 USD an hour in eu-central-1 (a test, 2026-11-01)"));
        Assert.That(manifest!.Lineage.Cost, Is.EqualTo(outcome.Cost));
    }

    [Test]
    public async Task FailedJobIsBilledTooAndSaysSoWithoutAPrice()
    {
        var job = await _aws.Begins("pressure,failed\n1,0\n", 1);
        _aws.SageMaker.States[job] = new([new() { TrainingJobName = job, TrainingJobStatus = TrainingJobStatus.Failed, BillableTimeInSeconds = 12, ResourceConfig = new() { InstanceType = TrainingInstanceType.MlM5Large } }]);
        await _aws.Ends(job, TrainingEnd.Failed("AlgorithmError: row 7"));

        Assert.That(CostText.Of((await _aws.Jobs.OutcomeAsync(job, default))!.Cost), Is.EqualTo("no price given for ml.m5.large in eu-central-1: 12 billable seconds on ml.m5.large"));
    }

    [Test]
    public async Task SameEndTenTimesIsOneVersionAndOnePackage()
    {
        var job = await _aws.Trains("pressure,failed\n1,0\n", 1);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => _aws.Completes(job))));

        Assert.That(_aws.SageMaker.Packages, Has.Count.EqualTo(1));
        Assert.That(await _aws.Versions.ListAsync(AwsFixture.Model, default).ToListAsync(), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task RefusedJobHasAnOutcomeAndNoPackage()
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        await _aws.Leaves(job, averagePrecision: 0.1);

        Assert.That((await _aws.Completes(job)).Text, Does.Contain("refused"));
        Assert.That(_aws.SageMaker.Packages, Is.Empty);
    }

    [TestCase(TrainingEndKind.Failed, TrainingResult.Failed)]
    [TestCase(TrainingEndKind.Stopped, TrainingResult.Stopped)]
    public async Task JobThatLeftNothingKeepsItsReason(TrainingEndKind kind, TrainingResult result)
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        await _aws.Ends(job, new(kind, "AlgorithmError: row 7"));

        var outcome = await _aws.Jobs.OutcomeAsync(job, default);
        Assert.That((outcome!.Result, outcome.Reason), Is.EqualTo((result, "AlgorithmError: row 7")));
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(1), "it is not restarted automatically");
    }

    [Test]
    public async Task LateFailureOfACompletedJobChangesNothing()
    {
        var job = await _aws.Trains("pressure,failed\n1,0\n", 1);
        await _aws.Ends(job, TrainingEnd.Failed("late"));

        Assert.That((await _aws.Jobs.OutcomeAsync(job, default))!.Result, Is.EqualTo(TrainingResult.Registered));
    }

    [Test]
    public async Task JobOfAnotherEnvironmentIsIgnored() =>
        Assert.That((await _aws.Completes("pumps-0123456789ab-a1")).Text, Does.Contain("does not belong to this environment"));

    [TestCase("versions/")]
    [TestCase("history/")]
    [TestCase("channels/blue")]
    [TestCase("channels/green")]
    [TestCase("outcome.json")]
    public async Task FunctionThatDiedIsCompletedByTheNextDelivery(string at)
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        await _aws.Leaves(job);
        _aws.Store.Before = (operation, key) =>
        {
            if (operation == "Put" && key.Contains(at, StringComparison.Ordinal))
                throw new IOException("the function crashes");
        };
        Assert.That(() => _aws.Completes(job), Throws.TypeOf<IOException>());

        _aws.Store.Before = (_, _) => { };
        await _aws.Completes(job);
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
        Assert.That(await _aws.Versions.ListAsync(AwsFixture.Model, default).ToListAsync(), Is.EqualTo(new[] { 1 }));
        Assert.That(_aws.SageMaker.Packages, Has.Count.EqualTo(1));
        Assert.That(await new ModelHistory(_aws.Store).VerifyAsync(AwsFixture.Model, default), Is.Empty);
    }

    [TestCase("DescribeModelPackageGroup")]
    [TestCase("CreateModelPackageGroup")]
    [TestCase("ListModelPackages")]
    [TestCase("CreateModelPackage")]
    public async Task ModelRegistryThatRefusesIsAskedAgainWithTheNextDelivery(string refused)
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        await _aws.Leaves(job);
        _aws.SageMaker.Before = operation =>
        {
            if (operation == refused)
                throw FakeSageMaker.Refused("AccessDeniedException", "User: arn:aws:sts::111122223333:assumed-role/automation is not authorized");
        };
        Assert.That(() => _aws.Completes(job), Throws.TypeOf<SlipwayException>().With.Message.Contains($"has no permission for sagemaker:{refused}").And.Message.Contains("assumed-role/automation"));
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)), "the model is served nevertheless");

        _aws.SageMaker.Before = _ => { };
        await _aws.Completes(job);
        Assert.That(_aws.SageMaker.Packages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task NewerDataThatFinishedLastIsComparedAgainAndWins()
    {
        var (april, may) = await TrainOnTwoMonthsAsync();
        await _aws.Completes(april);
        Assert.That((await _aws.Completes(may)).Text, Does.Contain("-a2 repeats the comparison"));

        var again = _aws.SageMaker.Jobs.Keys.Last();
        Assert.That(again, Is.EqualTo(may[..^1] + "2"));
        await _aws.Leaves(again, 3);
        await _aws.Completes(again);
        Assert.That(await _aws.Live(), Is.EqualTo((3, 3)));
        await _aws.Completes(may);
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(4), "a late delivery of the first end starts no third attempt");
    }

    [Test]
    public async Task OlderDataThatFinishedLastIsLeftAtThat()
    {
        var (april, may) = await TrainOnTwoMonthsAsync();
        await _aws.Completes(may);

        Assert.That((await _aws.Completes(april)).Text, Does.Contain("uses newer data"));
        Assert.That(await _aws.Live(), Is.EqualTo((2, 2)));
        Assert.That(_aws.SageMaker.Jobs, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task ChampionThatNeverRestsEndsAfterThreeAttempts()
    {
        await _aws.Trains("pressure,failed\n1,0\n", 1);
        await _aws.Trains("pressure,failed\n2,0\n", 2);
        await _aws.Arrives(await _aws.Drops("pressure,failed\n3,0\n"));
        var live = 2;
        EventResponse answer;
        var attempts = 0;
        do
        {
            attempts++;
            var job = _aws.SageMaker.Jobs.Keys.Last();
            await _aws.Leaves(job, 3);
            await _aws.RollsBack(live, live = 3 - live);
            answer = await _aws.Completes(job);
        }
        while (answer.Text.Contains("repeats the comparison", StringComparison.Ordinal));

        Assert.That(attempts, Is.EqualTo(3));
        Assert.That(answer.Text, Does.Contain("last of 3 attempts"));
    }

    [Test]
    public async Task VersionThatWasRolledBackMeanwhileIsNotApprovedLate()
    {
        await _aws.Trains("pressure,failed\n1,0\n", 1);
        var job = await _aws.Trains("pressure,failed\n2,0\n", 2);
        await _aws.RollsBack(2, 1);
        _aws.SageMaker.Packages.RemoveAt(1); // the function crashed before it created the package
        _aws.SageMaker.ForgetTokens();
        await _aws.Completes(job);

        Assert.That(_aws.SageMaker.Packages.Last().ModelApprovalStatus.Value, Is.EqualTo("Rejected"));
        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
    }

    [TestCase("image", "ran the image 111122223333.dkr.ecr.eu-central-1.amazonaws.com/slipway/model@sha256:ffff")]
    [TestCase("role", "had the role arn:aws:iam::111122223333:role/admin")]
    [TestCase("input", "read spec=s3://slipway-test/training-jobs/")]
    [TestCase("channel", "read extra=s3://elsewhere/")]
    [TestCase("hyperparameters", "was given the hyperparameters l2=9 ")]
    [TestCase("network", "network")]
    [TestCase("entry point", "started /bin/sh -c anything ")]
    [TestCase("arguments", "started the image's own entry point anything ")]
    [TestCase("variables", "had the environment variables DOTNET_EnableDiagnostics=0 DOTNET_STARTUP_HOOKS=/opt/ml/input/data/spec/mine.dll ")]
    [TestCase("manifest of files", "/input/training/ as ManifestFile ")]
    [TestCase("subnets", "ran in the subnets subnet-1, subnet-9 with the security groups sg-1 ")]
    [TestCase("security groups", "ran in the subnets subnet-1 with the security groups sg-9 ")]
    [TestCase("no network of ours", "ran in no subnets of ours ")]
    public async Task JobThatWasStartedOtherwiseThanItsRecordSaysIsNotSigned(string what, string reason)
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var (job, asked) = _aws.SageMaker.Jobs.Single();
        switch (what)
        {
            case "image": asked.AlgorithmSpecification.TrainingImage = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/slipway/model@sha256:ffff"; break;
            case "role": asked.RoleArn = "arn:aws:iam::111122223333:role/admin"; break;
            case "input": asked.InputDataConfig.Find(channel => channel.ChannelName == "training")!.DataSource.S3DataSource.S3Uri = "s3://elsewhere/rows/"; break;
            case "channel": asked.InputDataConfig.Add(new() { ChannelName = "extra", DataSource = new() { S3DataSource = new() { S3Uri = "s3://elsewhere/" } } }); break;
            case "hyperparameters": asked.HyperParameters = new() { ["l2"] = "9" }; break;
            case "network": asked.EnableNetworkIsolation = false; break;
            case "entry point": asked.AlgorithmSpecification.ContainerEntrypoint = ["/bin/sh", "-c", "anything"]; break;
            case "arguments": asked.AlgorithmSpecification.ContainerArguments = ["anything"]; break;
            case "variables": asked.Environment["DOTNET_STARTUP_HOOKS"] = "/opt/ml/input/data/spec/mine.dll"; break;
            case "manifest of files": asked.InputDataConfig.Find(channel => channel.ChannelName == "training")!.DataSource.S3DataSource.S3DataType = "ManifestFile"; break;
            case "subnets": asked.VpcConfig.Subnets = ["subnet-9", "subnet-1"]; break;
            case "security groups": asked.VpcConfig.SecurityGroupIds = ["sg-9"]; break;
            case "no network of ours": asked.VpcConfig = null; break;
        }

        await _aws.Leaves(job);
        await _aws.Completes(job);

        var outcome = await _aws.Jobs.OutcomeAsync(job, default);
        Assert.That((outcome!.Result, outcome.Version), Is.EqualTo((TrainingResult.Failed, (int?)null)));
        Assert.That(outcome.Reason, Does.Contain(reason));
        Assert.That(await _aws.Store.ListKeysAsync(StoreKeys.Signatures(AwsFixture.Model)).ToListAsync(), Is.Empty);
        Assert.That(await _aws.Live(), Is.EqualTo(((int?)null, (int?)null)));
    }

    [Test]
    public async Task RecordThatWasWrittenOverIsNotSigned()
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        await _aws.Leaves(job);
        var lineage = await _aws.Jobs.LineageAsync(job, default);
        await _aws.Store.WriteAsync(
            StoreKeys.TrainingLineage(job), lineage with { Environment = lineage.Environment with { Image = $"sha256:{new string('e', 64)}" } }, RegistryJson.Default.Lineage, PutCondition.None);

        await _aws.Completes(job);

        Assert.That((await _aws.Jobs.OutcomeAsync(job, default))!.Reason, Does.Contain($"but 111122223333.dkr.ecr.eu-central-1.amazonaws.com/slipway/model@sha256:{new string('e', 64)} according to its record"));
        Assert.That(await _aws.Live(), Is.EqualTo(((int?)null, (int?)null)));
    }

    [Test]
    public async Task AdditionsOfSageMakerAreNotDifferences()
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var (job, asked) = _aws.SageMaker.Jobs.Single();
        asked.HyperParameters = new() { ["sagemaker_region"] = "eu-central-1", ["_tuning_objective_metric"] = "auc" };
        await _aws.Leaves(job);
        await _aws.Completes(job);

        Assert.That(await _aws.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task JobThatSageMakerDidNotRunIsNotSigned()
    {
        await _aws.Arrives(await _aws.Drops("pressure,failed\n1,0\n"));
        var job = _aws.SageMaker.Jobs.Keys.Single();
        await _aws.Leaves(job);
        _aws.SageMaker.Jobs.Clear();
        await _aws.Completes(job);

        Assert.That((await _aws.Jobs.OutcomeAsync(job, default))!.Reason, Does.StartWith("SageMaker has no training job"));
    }

    /// <summary>One version is served, and two jobs on newer data have ended.</summary>
    private async Task<(string April, string May)> TrainOnTwoMonthsAsync()
    {
        await _aws.Trains("pressure,failed\n1,0\n", 1);
        await _aws.Arrives(await _aws.Drops("pressure,failed\n2,0\n", "april.csv"));
        var april = _aws.SageMaker.Jobs.Keys.Last();
        await _aws.Arrives(await _aws.Drops("pressure,failed\n3,0\n", "may.csv"));
        var may = _aws.SageMaker.Jobs.Keys.Last();
        await _aws.Leaves(april, 2);
        await _aws.Leaves(may, 3);
        return (april, may);
    }
}
