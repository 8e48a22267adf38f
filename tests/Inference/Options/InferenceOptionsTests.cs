using Microsoft.Extensions.Configuration;
using Slipway.Hosting.Options;
using Slipway.Inference.Options;
using Slipway.Registry.Channels;

namespace Slipway.Inference.Tests.Options;

public sealed class InferenceOptionsTests
{
    private static readonly string[] Enough = ["--Store=/tmp/store", "--KeyFile=/tmp/key", "--Signatures=off"];

    [Test]
    public void NamesTheReplicaByColorWhereNobodyDoes()
    {
        var options = Read([.. Enough, "--Color=green"]);

        Assert.That(options.Replica, Does.Match("^green-[a-z]{6}$"));
        Assert.That(options.ColorValue, Is.EqualTo(Color.Green));
        Assert.That(Enumerable.Range(0, 5).Select(_ => Read(Enough).Replica), Is.Unique);
    }

    [TestCase("/tmp/store", ExpectedResult = 1)]
    [TestCase("s3://my-bucket", ExpectedResult = 10, TestName = "BakesLongerWhereTheStoreIsABucket")]
    [TestCase("s3://my-bucket", "--BakeTime=00:03:00", ExpectedResult = 3)]
    public double BakesForSomeMinutes(string store, params string[] more) =>
        Read([$"--Store={store}", .. Enough.Skip(1), .. more]).Bake.Time.TotalMinutes;

    [Test]
    public void LeavesOldPredictionsInABucketToItsLifecycle() =>
        Assert.That(
            () => Read(["--Store=s3://my-bucket", .. Enough.Skip(1), "--PredictionLog:RetentionDays=30"]),
            Throws.TypeOf<InvalidOptionsException>().With.Message.Contains("PredictionLog:RetentionDays is only for a store that is a folder"));

    [Test]
    public void ReadsNestedNames() =>
        Assert.That(Read([.. Enough, "--PredictionLog:SampleRate=0.25"]).PredictionLog.SampleRate, Is.EqualTo(0.25));

    [TestCase("--Store=", "Store is not set")]
    [TestCase("--Store=s3://my-bucket/folder", "Store is 's3://my-bucket/folder': it must be a whole bucket")]
    [TestCase("--KeyFile=", "KeyFile is not set")]
    [TestCase("--Key=a-secret-of-32-characters-or-more", "KeyFile and Key are both set")]
    [TestCase("--Color=red", "Color is 'red'; expected blue or green")]
    [TestCase("--Replica=Blue_1", "Replica is 'Blue_1'")]
    [TestCase("--Replica=a-name-that-is-longer-than-24", "at most 24 characters")]
    [TestCase("--Url=8080", "Url is '8080'")]
    [TestCase("--Url=https://localhost:1", "Url is 'https://localhost:1'")]
    [TestCase("--Address=10.0.0.7", "Address is '10.0.0.7'")]
    [TestCase("--DefaultModel=My Model", "DefaultModel is 'My Model'")]
    [TestCase("--PollInterval=1.00:00:00", "PollInterval is '1.00:00:00'")]
    [TestCase("--PollInterval=3601", "from 00:00:00.0100000 to 01:00:00")]
    [TestCase("--PollInterval=soon", "'soon'")]
    [TestCase("--HeartbeatInterval=00:00:00", "HeartbeatInterval is '00:00:00'")]
    [TestCase("--DrainDelay=-00:00:01", "DrainDelay is '-00:00:01'")]
    [TestCase("--MaxRows=0", "MaxRows is '0'")]
    [TestCase("--MaxBodyBytes=many", "'many'")]
    [TestCase("--MaxConcurrentLoads=0", "MaxConcurrentLoads is '0'")]
    [TestCase("--MaxResidentModels=-1", "MaxResidentModels is '-1'")]
    [TestCase("--MaxModelMemory=1GB", "MaxModelMemory is '1GB'")]
    [TestCase("--ColdStartTimeout=0", "ColdStartTimeout is '0'")]
    [TestCase("--CheckMemory=maybe", "CheckMemory is 'maybe'; expected true or false")]
    [TestCase("--CompileModels=yes", "CompileModels is 'yes'; expected true or false")]
    [TestCase("--MemoryReserve=some", "MemoryReserve is 'some'")]
    [TestCase("--BakeTime=-1", "BakeTime is '-1'")]
    [TestCase("--BakeMaxErrorRate=2", "BakeMaxErrorRate is '2'; expected a fraction from 0 to 1")]
    [TestCase("--MaxSlowdown=1", "MaxSlowdown is '1'; expected a number from 1.5 to 1000")]
    [TestCase("--MaxDisagreement=half", "MaxDisagreement is 'half'")]
    [TestCase("--ReplayRequests=-1", "ReplayRequests is '-1'")]
    [TestCase("--PredictionLog:SampleRate=1.5", "SampleRate is '1.5'")]
    [TestCase("--PredictionLog:Capacity=-1", "Capacity is '-1'")]
    [TestCase("--PredictionLog:RetentionDays=-1", "RetentionDays is '-1'")]
    [TestCase("--Stroe=/tmp/store", "--Stroe is not an option")]
    [TestCase("serve", "'serve' is not an option")]
    [TestCase("--Store", "'--Store' is not an option: write --<Name>=<value>")]
    public void SaysInOneLineWhatIsWrong(string argument, string reason)
    {
        var e = Assert.Throws<InvalidOptionsException>(() => Read([.. Enough, argument]))!;

        Assert.That(e.Message, Does.Contain(reason).And.Not.Contain("\n"));
    }

    [Test]
    public void CollectsAllErrors()
    {
        var e = Assert.Throws<InvalidOptionsException>(() => Read(["--Color=red", "--MaxRows=0", "--Stroe=/tmp/store", "--PredictionLog:SampleRate=2"]))!;

        Assert.That(e.Errors.Select(error => error.Split(' ')[0]),
            Is.EquivalentTo(new[] { "--Stroe", "Store", "Color", "MaxRows", "PredictionLog:SampleRate", "KeyFile", "TrustedKeys" }));
    }

    [TestCase(false)]
    [TestCase(false, "--MaxResidentModels=0", "--MaxModelMemory=0")]
    [TestCase(true, "--MaxResidentModels=20")]
    [TestCase(true, "--MaxModelMemory=1000000000")]
    public void EitherLimitMakesTheFirstRequestLoadAModel(bool lazily, params string[] arguments) =>
        Assert.That(Read([.. Enough, .. arguments]).LoadsLazily, Is.EqualTo(lazily));

    [Test]
    public void TakesSecondsAsTheGatewayDoes() => Assert.That(Read([.. Enough, "--PollInterval=0.5"]).PollInterval, Is.EqualTo(TimeSpan.FromSeconds(0.5)));

    [TestCase("/srv/store")]
    [TestCase("s3://my-bucket")]
    public void TakesAFolderOrABucket(string store) => Assert.That(Read([.. Enough, $"--Store={store}"]).Store, Is.EqualTo(store));

    [Test]
    public void TakesASecretInPlaceOfAKeyFile()
    {
        const string secret = "a-secret-of-32-characters-or-more";

        var options = Read(["--Store=/tmp/store", $"--Key={secret}", "--Signatures=off"]);

        Assert.That(options.Key, Is.EqualTo(secret));
        Assert.That($"{options}", Does.Not.Contain(secret));
        Assert.That(Read([.. Enough, "--Key="]).Key, Is.Null, "a variable that is there and empty sets nothing");
    }

    [TestCase("--Key=too-short-secret")]
    [TestCase("--KeyFile=/tmp/key", "--Key=too-short-secret")]
    public void DoesNotTellTheSecret(params string[] arguments)
    {
        var e = Assert.Throws<InvalidOptionsException>(() => Read(["--Store=/tmp/store", "--Signatures=off", .. arguments]))!;

        Assert.That(e.Message, Does.Not.Contain("too-short-secret"));
    }

    [TestCase("TrustedKeys is not set, so no signature could be verified")]
    [TestCase("TrustedKeys is not set", "--Signatures=enforce", "--TrustedKeys= ")]
    [TestCase("Signatures is 'maybe'; expected off, warn or enforce", "--Signatures=maybe")]
    [TestCase("TrustedKeys: The public keys in '/nowhere.pem'", "--TrustedKeys=/nowhere.pem")]
    [TestCase("TrustedKeys: the configured text contains no public key", "--Signatures=warn", "--TrustedKeys=-----BEGIN NOTHING")]
    public void SaysThatItCouldProveNothing(string expected, params string[] arguments) =>
        Assert.That(() => Read(["--Store=/tmp/store", "--KeyFile=/tmp/key", .. arguments]), Throws.TypeOf<InvalidOptionsException>().With.Message.StartsWith(expected));

    [TestCase("--Signatures=warn")]
    [TestCase("--Signatures=off", "--TrustedKeys=/nowhere.pem")]
    public void StartsWithoutKeysWhereNothingHasToBeSigned(params string[] arguments) =>
        Assert.That(() => Read(["--Store=/tmp/store", "--KeyFile=/tmp/key", .. arguments]), Throws.Nothing);

    private static InferenceOptions Read(string[] arguments) =>
        InferenceOptionsReader.Read(new ConfigurationBuilder().AddCommandLine(arguments).Build(), arguments);
}
