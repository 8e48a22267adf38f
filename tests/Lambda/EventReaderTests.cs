using System.Text;
using System.Text.RegularExpressions;
using Slipway.Automation.Jobs;
using Slipway.Automation.Lambda.Events;

namespace Slipway.Automation.Lambda.Tests;

public sealed partial class EventReaderTests
{
    [Test]
    public void DatasetInTheBucketIsAnArrival() =>
        Assert.That(Read(Events.ObjectCreated("datasets/pumps/may 2026+é.csv", "v-7")), Is.EqualTo(new DatasetCreated(new("pumps", "datasets/pumps/may 2026+é.csv", "v-7"))));

    [TestCase("datasets/pumps/", "folder marker")]
    [TestCase("datasets/pumps/may.txt", "not a valid dataset name")]
    [TestCase("datasets/pumps/.may.csv", "not a valid dataset name")]
    [TestCase("datasets/pumps/below/may.csv", "is not a dataset")]
    [TestCase("datasets/No Model/may.csv", "is not a dataset")]
    [TestCase("models/pumps/recipe.json", "is not a dataset")]
    [TestCase("training-jobs/pumps-0123456789ab-a1/input/training/may.csv", "is not a dataset")]
    public void OtherObjectsAreForeign(string key, string why) => Foreign(Events.ObjectCreated(key), why);

    [Test]
    public void ObjectOfAnotherBucketIsForeign() => Foreign(Events.ObjectCreated("datasets/pumps/may.csv", bucket: "others"), "in the bucket others");

    [Test]
    public void EmptyDatasetIsForeign() => Foreign(Events.ObjectCreated("datasets/pumps/may.csv", size: 0), "is empty");

    [Test]
    public void DatasetWithoutAVersionIsMalformed() =>
        Malformed(Events.ObjectCreated("datasets/pumps/may.csv").Replace("\"version-id\": \"v-1\",", "", StringComparison.Ordinal), "needs versioning");

    [Test]
    public void CompletedJobHasEnded() =>
        Assert.That(Read(Events.TrainingJob("pumps-0123456789ab-a1", "Completed")), Is.EqualTo(new TrainingJobEnded("pumps-0123456789ab-a1", TrainingEnd.Completed)));

    [Test]
    public void FailedJobReportsWhy() =>
        Assert.That(
            Read(Events.TrainingJob("pumps-0123456789ab-a1", "Failed", "AlgorithmError: row 7")),
            Is.EqualTo(new TrainingJobEnded("pumps-0123456789ab-a1", TrainingEnd.Failed("AlgorithmError: row 7"))));

    [TestCase("MaxRuntimeExceeded", "exceeded its time limit")]
    [TestCase("MaxWaitTimeExceeded", "spot capacity")]
    [TestCase("Stopped", "stopped from outside")]
    public void StoppedJobReportsWhy(string secondary, string why)
    {
        var ended = (TrainingJobEnded)Read(Events.TrainingJob("pumps-0123456789ab-a1", "Stopped", secondary: secondary));
        Assert.That((ended.End.Kind, ended.End.Reason), Is.EqualTo((TrainingEndKind.Stopped, ended.End.Reason)));
        Assert.That(ended.End.Reason, Does.Contain(why));
    }

    [TestCase("InProgress")]
    [TestCase("Stopping")]
    public void JobAtWorkIsForeign(string status) => Foreign(Events.TrainingJob("pumps-0123456789ab-a1", status), "is running");

    [TestCase("pumps")]
    [TestCase("pumps-0123456789ab")]
    [TestCase("pumps-0123456789AB-a1")]
    [TestCase("Pumps-0123456789ab-a1")]
    [TestCase("pumps-0123456789ab-a0")]
    public void JobWithAnotherNameIsForeign(string job) => Foreign(Events.TrainingJob(job, "Completed"), "not started by this automation");

    [Test]
    public void JobOfAnotherEnvironmentIsForeign() =>
        Foreign(Events.TrainingJob("pumps-0123456789ab-a1", "Completed", output: "s3://bucket-of-others/training-jobs"), "another environment");

    [Test]
    public void JobInAStateThatNobodyKnowsIsMalformed() => Malformed(Events.TrainingJob("pumps-0123456789ab-a1", "Dreaming"), "'Dreaming'");

    [Test]
    public void JobWithoutAStateIsMalformed() =>
        Malformed("""{"source":"aws.sagemaker","detail-type":"SageMaker Training Job State Change","detail":{"TrainingJobName":"pumps-0123456789ab-a1"}}""", "no TrainingJobStatus");

    [Test]
    public void RejectedPackageIsOurs() =>
        Assert.That(Read(Events.ModelPackage("slipway-test-pumps", "Rejected")), Is.EqualTo(new ModelPackageRejected(new("pumps", Events.PackageArn("slipway-test-pumps", 1)))));

    [TestCase("Approved")]
    [TestCase("PendingManualApproval")]
    public void PackageThatIsNotRejectedMovesNothing(string status) => Foreign(Events.ModelPackage("slipway-test-pumps", status), "only a rejection");

    [TestCase("others-pumps")]
    [TestCase("slipway-test-")]
    [TestCase("slipway-test-No Model")]
    public void PackageOfAnotherGroupIsForeign(string group) => Foreign(Events.ModelPackage(group, "Rejected"), "no group of this environment");

    [TestCase("promoted"), TestCase("rolled-back"), TestCase("halted")]
    public void RolloutThatEndedIsOurs(string phase) => Assert.That(Read(Events.Traffic(phase)), Is.EqualTo(new RolloutEnded("r2")));

    [TestCase("preparing"), TestCase("progressing"), TestCase("baking"), TestCase("idle"), TestCase("dreaming")]
    public void RolloutThatGoesOnIsForeign(string phase) => Foreign(Events.Traffic(phase), "is not for this function");

    [Test]
    public void RolloutOfAnotherGatewayIsForeign() => Foreign(Events.Traffic("promoted", gateway: "other"), "The gateway 'other' is not main.");

    [Test]
    public void TrafficThatMovedAtOnceIsForeign() => Foreign(Events.Traffic("promoted", rollout: null), "without a rollout");

    [Test]
    public void EachScheduleIsALookOfItsOwn() => Assert.That(Read(Events.RetrainLook), Is.EqualTo(new RetrainLook()));

    [TestCase("labels-look", false), TestCase("labels-all", true)]
    public void LabelsAreDueOfTheLastDaysOrOfAll(string rule, bool everything) => Assert.That(Read(Events.Labels(rule)), Is.EqualTo(new LabelsDue(everything)));

    [Test]
    public void NightIsTheTimeToCompareModelsWithTheirTrainingData() => Assert.That(Read(Events.Labels("domain-look")), Is.EqualTo(new DomainsDue()));

    [Test]
    public void DriftNamesItsModel() => Assert.That(Read(Events.Drift("pumps")), Is.EqualTo(new DriftFound("pumps")));

    [Test]
    public void DriftOfAnotherGatewayIsForeign() => Assert.That(Read(Events.Drift(gateway: "other")), Is.InstanceOf<ForeignEvent>());

    [TestCase(null), TestCase("../pumps")]
    public void DriftOfNoModelIsAnError(string? model) => Assert.That(() => Read(Events.Drift(model)), Throws.TypeOf<MalformedEventException>());

    /// <summary>One that is not known by its name would be a look for ended rollouts, and its own work would be left without an error.</summary>
    [Test]
    public void EveryScheduleOfTerraformIsKnownByTheNameOfItsRule()
    {
        var rules = ScheduledRule().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "infra", "modules", "automation", "main.tf")));

        Assert.That(
            rules.Select(rule => (rule.Groups["function"].Value, Read(Events.Labels(rule.Groups["name"].Value.Replace('_', '-'))))),
            Is.EquivalentTo(new (string, AutomationEvent)[]
            {
                ("dataset_arrived", new RetrainLook()), ("labels_due", new LabelsDue(Everything: false)), ("labels_due", new LabelsDue(Everything: true)), ("labels_due", new DomainsDue()),
                ("training_finished", new ScheduledLook()),
            }));
    }

    [Test]
    public void ScheduledEventIsALook() => Assert.That(Read(Events.Scheduled), Is.EqualTo(new ScheduledLook()));

    [TestCase("", "not an EventBridge event")]
    [TestCase("[]", "not an EventBridge event")]
    [TestCase("{}", "no source and no detail-type")]
    [TestCase("""{"source":"aws.s3","detail-type":"Object Created"}""", "has no detail")]
    [TestCase("""{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":7}}""", "cannot be read")]
    [TestCase("""{"source":"aws.s3","detail-type":"Object Created","detail":{}}""", "no bucket.name")]
    [TestCase("""{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"slipway-test"}}}""", "no object.key")]
    [TestCase("""{"source":"slipway","detail-type":"slipway.traffic.promoted","detail":{}}""", "no data.gateway")]
    public void WhatIsNoEventIsMalformed(string text, string why) => Malformed(text, why);

    [Test]
    public void OtherKindsAreForeign() => Foreign("""{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","detail":{}}""", "not for this function");

    private static void Foreign(string text, string why) => Assert.That((Read(text) as ForeignEvent)?.Why, Does.Contain(why));

    private static void Malformed(string text, string why) => Assert.That(() => Read(text), Throws.TypeOf<MalformedEventException>().With.Message.Contains(why));

    private static AutomationEvent Read(string text) => EventReader.Read(Encoding.UTF8.GetBytes(text), Events.Environment);

    [GeneratedRegex(@"^    (?<name>\w+) = \{\n +function += ""(?<function>\w+)""\n( +\w+ += [^\n]*\n)*? +schedule +=", RegexOptions.Multiline)]
    private static partial Regex ScheduledRule();
}
