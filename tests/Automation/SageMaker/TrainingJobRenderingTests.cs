using System.Text.RegularExpressions;
using Slipway.Automation.Aws;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Tests.Aws;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Tests.SageMaker;

[Category("Sdk")]
public sealed class TrainingJobRenderingTests
{
    private static readonly Lineage Lineage = new(
        "pumps-0123456789ab-a1", "pumps", new("datasets/pumps/may {1}.csv", "v-7", null, 512, null), new('5', 64), "linear", new Dictionary<string, string>(), 1,
        new(new('c', 40), false), new(AwsFixture.Image, "X64", new Dictionary<string, string>()), 3, default, null);

    [Test]
    public void JobRunsTheImageByItsDigestOnEveryChannelOfItsInput()
    {
        var request = Render(AwsFixture.Environment);

        Assert.That(request.TrainingJobName, Is.EqualTo("pumps-0123456789ab-a1"));
        Assert.That(request.RoleArn, Is.EqualTo("arn:aws:iam::111122223333:role/training"));
        Assert.That(request.AlgorithmSpecification.TrainingImage, Is.EqualTo($"111122223333.dkr.ecr.eu-central-1.amazonaws.com/slipway/model@{AwsFixture.Image}"));
        Assert.That(request.InputDataConfig.Select(channel => (channel.ChannelName, channel.DataSource.S3DataSource.S3Uri)), Is.EqualTo(new[]
        {
            ("champion", "s3://slipway-test/training-jobs/pumps-0123456789ab-a1/input/champion/"),
            ("training", "s3://slipway-test/training-jobs/pumps-0123456789ab-a1/input/training/"),
        }));
        Assert.That(request.OutputDataConfig.S3OutputPath, Is.EqualTo("s3://slipway-test/training-jobs"));
    }

    [Test]
    public void VolumeAndOutputAreEncryptedAndTheContainerReachesNothing()
    {
        var request = Render(AwsFixture.Environment);

        Assert.That(request.ResourceConfig.VolumeKmsKeyId, Is.EqualTo("arn:aws:kms:eu-central-1:111122223333:key/1"));
        Assert.That(request.OutputDataConfig.KmsKeyId, Is.EqualTo("arn:aws:kms:eu-central-1:111122223333:key/1"));
        Assert.That(request.EnableNetworkIsolation, Is.True);
        Assert.That((request.VpcConfig.Subnets, request.VpcConfig.SecurityGroupIds), Is.EqualTo((new[] { "subnet-1" }, new[] { "sg-1" })));
        Assert.That((request.ResourceConfig.InstanceType.Value, request.ResourceConfig.InstanceCount, request.ResourceConfig.VolumeSizeInGB), Is.EqualTo(("ml.m5.large", 1, 30)));
    }

    [TestCase(true, 3600, 7200)]
    [TestCase(false, 3600, null)]
    [TestCase(true, 2_000_000, 2_419_200)]
    public void SpotCapacityIsWaitedForAsLongAsTheJobMayRun(bool spot, int seconds, int? wait)
    {
        var environment = AwsFixture.Environment with { Training = AwsFixture.Environment.Training with { Spot = spot, MostSeconds = seconds } };
        var request = Render(environment);

        Assert.That((request.EnableManagedSpotTraining, request.StoppingCondition.MaxRuntimeInSeconds, request.StoppingCondition.MaxWaitTimeInSeconds), Is.EqualTo((spot, seconds, wait)));
        Assert.That(request.CheckpointConfig, Is.Null, "an interrupted job begins again");
        Assert.That(TrainingJobRendering.Timeout(environment.Training).TotalSeconds, Is.GreaterThan(wait ?? seconds));
    }

    [Test]
    public void EnvironmentWithoutItsOwnNetworkHasNone() =>
        Assert.That(Render(AwsFixture.Environment with { Training = AwsFixture.Environment.Training with { Subnets = [] } }).VpcConfig, Is.Null);

    [Test]
    public void TagsTellModelDatasetAndCommit() =>
        Assert.That(
            Render(AwsFixture.Environment).Tags.ToDictionary(tag => tag.Key, tag => tag.Value),
            Is.EqualTo(new Dictionary<string, string>
            {
                ["slipway:environment"] = "test",
                ["slipway:model"] = "pumps",
                ["slipway:commit"] = new('c', 40),
                ["slipway:dataset"] = "datasets/pumps/may _1_.csv v-7",
            }));

    [Test]
    public void ImageThatIsNoDigestNamesDeploy() =>
        Assert.That(
            () => TrainingJobRendering.Render(Lineage with { Environment = new("release-1", "X64", new Dictionary<string, string>()) }, ["training"], AwsFixture.Environment),
            Throws.TypeOf<UnstartableJobException>().With.Message.Contains("'release-1'").And.Message.Contains("--target=Deploy"));

    // as the trainer prints them
    [TestCase("averagePrecision=0.812300;", "averagePrecision", "0.812300")]
    [TestCase("r2=-0.250000;", "r2", "-0.250000")]
    [TestCase("rmse=12345.678900;", "rmse", "12345.678900")]
    [TestCase("macroRecall=0.500000;", "macroRecall", "0.500000")]
    public void MetricIsFoundInWhatTheTrainerPrints(string line, string name, string value) =>
        Assert.That(Matches(line), Is.EqualTo(new[] { (name, value) }));

    [TestCase("logLoss=NaN;")]
    [TestCase("[  1.20 s] Read pumps.csv: 700 rows for training, 150 for validation, 150 held out")]
    [TestCase("[  3.00 s] recall=high; is what we want")]
    public void OtherLinesHoldNoMetric(string line) => Assert.That(Matches(line), Is.Empty);

    [Test]
    public void DefinitionsAreWithinTheBoundsOfSageMaker()
    {
        Assert.That(TrainingMetrics.Definitions, Has.Count.LessThanOrEqualTo(40));
        Assert.That(TrainingMetrics.Definitions.Select(definition => definition.Name), Is.Unique);
        Assert.That(TrainingMetrics.Definitions, Has.All.Matches<Amazon.SageMaker.Model.MetricDefinition>(definition => definition!.Name.Length <= 255 && definition.Regex.Length <= 500));
    }

    private static IEnumerable<(string, string)> Matches(string line) =>
        from definition in TrainingMetrics.Definitions
        let match = Regex.Match(line, definition.Regex)
        where match.Success
        select (definition.Name, match.Groups[1].Value);

    private static Amazon.SageMaker.Model.CreateTrainingJobRequest Render(AwsEnvironmentRecord environment) =>
        TrainingJobRendering.Render(Lineage, ["champion", "training"], environment);
}
