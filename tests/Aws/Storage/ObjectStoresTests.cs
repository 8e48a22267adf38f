using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Storage;

namespace Slipway.Aws.Tests.Storage;

/// <summary>Addresses of stores, and how the SDK uses environment variables.</summary>
public sealed class ObjectStoresTests
{
    private static readonly Dictionary<string, string> Credentials = new() { ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test" };

    [TestCase("store")]
    [TestCase("./s3:/b")]
    [TestCase("C:\\store")]
    public void OpensAFolder(string store) =>
        Assert.That(ObjectStores.Open(Path.Combine(Path.GetTempPath(), "slipway-nowhere", store), TimeProvider.System), Is.InstanceOf<DirectoryObjectStore>());

    [TestCase("AWS_ENDPOINT_URL", "us-east-1")]
    [TestCase("AWS_ENDPOINT_URL_S3", "eu-west-1")]
    [TestCase("AWS_ENDPOINT_URL", null)]
    public async Task OpensABucketWhereTheEnvironmentSays(string variable, string? region)
    {
        using var bucket = await S3Bucket.CreateAsync();
        var settings = new Dictionary<string, string>(Credentials) { [variable] = (await MotoServer.AddressAsync()).ToString() };
        if (region is not null)
            settings["AWS_REGION"] = region;

        var (exitCode, output) = await AwsProcess.RunAsync(settings, "count", $"s3://{bucket.Name}", "counter", "2");

        Assert.That((exitCode, output), Is.EqualTo((0, $"1{Environment.NewLine}2{Environment.NewLine}")));
        Assert.That(await bucket.Probe().ReadAsync("counter"), Is.EqualTo("2"));
    }

    [Test]
    public async Task CountsInSeveralProcessesWithoutLosingOne()
    {
        const int processes = 3, increments = 20;
        using var bucket = await S3Bucket.CreateAsync();
        var settings = new Dictionary<string, string>(Credentials) { ["AWS_ENDPOINT_URL"] = (await MotoServer.AddressAsync()).ToString() };

        await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => AwsProcess.RunAsync(settings, "count", $"s3://{bucket.Name}", "counter", $"{increments}")));

        Assert.That(await bucket.Probe().ReadAsync("counter"), Is.EqualTo($"{processes * increments}"));
    }

    [Test]
    public async Task SaysThatNoCredentialsWereFound()
    {
        var (exitCode, output) = await AwsProcess.RunAsync(new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1" }, "count", "s3://my-bucket", "counter", "1");

        Assert.That((exitCode, output), Is.EqualTo((1, output)));
        Assert.That(output, Does.Contain("no AWS credentials were found").And.Contain("AWS_PROFILE").And.Contain("give the task or function a role"));
    }

    [Test]
    public async Task SaysThatAProfileIsNotThere()
    {
        var (_, output) = await AwsProcess.RunAsync(
            new Dictionary<string, string> { ["AWS_REGION"] = "us-east-1", ["AWS_PROFILE"] = "nobody" }, "count", "s3://my-bucket", "counter", "1");

        Assert.That(output, Does.Contain("\"nobody\"").And.Contain("AWS_PROFILE"));
    }

    [Test]
    public async Task SaysThatNoRegionIsSet()
    {
        var (_, output) = await AwsProcess.RunAsync(Credentials, "count", "s3://my-bucket", "counter", "1");

        Assert.That(output, Does.Contain("The store 's3://my-bucket'").And.Contain("no AWS region is set. Set AWS_REGION"));
    }

    [TestCase("", "is not set")]
    [TestCase("s3://", "has no bucket name")]
    [TestCase("s3://my-bucket/", "such as s3://my-bucket.")]
    [TestCase("s3://my-bucket/prefix", "such as s3://my-bucket.")]
    [TestCase("s3://My_Bucket", "lower-case letters")]
    [TestCase("http://my-bucket", "neither a folder nor a bucket: give a folder, or a bucket as s3://<bucket>")]
    [TestCase("https://my-bucket.s3.amazonaws.com", "neither")]
    [TestCase("file:///srv/store", "neither")]
    public void RefusesWrongAddresses(string store, string expected)
    {
        var e = Assert.Throws<SlipwayException>(() => ObjectStores.Open(store, TimeProvider.System))!;

        Assert.That(e.Message, Does.StartWith("The store is").And.Contain(expected));
    }
}
