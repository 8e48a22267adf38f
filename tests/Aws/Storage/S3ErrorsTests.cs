using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;

namespace Slipway.Aws.Tests.Storage;

/// <summary>The messages for people when a bucket rejects a request.</summary>
public sealed class S3ErrorsTests
{
    private const string Denial =
        "User: arn:aws:sts::123456789012:assumed-role/slipway-server/t1 is not authorized to perform: s3:PutObject on resource: \"arn:aws:s3:::my-bucket/models/m/a\" because no identity-based policy allows the s3:PutObject action";

    private const string KeyDenial =
        "User: arn:aws:sts::123456789012:assumed-role/slipway-server/t1 is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:us-east-1:123456789012:key/k";

    [TestCase(403, "AccessDenied", Denial, "'arn:aws:sts::123456789012:assumed-role/slipway-server/t1' may not s3:PutObject there")]
    [TestCase(403, "AccessDenied", KeyDenial, "may not kms:GenerateDataKey there")]
    [TestCase(403, "AccessDenied", "Access Denied", "may not s3:PutObject there. Grant the role that permission")]
    [TestCase(400, "ExpiredToken", "The provided token has expired.", "the AWS credentials have expired. Sign in again")]
    [TestCase(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", "AWS does not recognize the credentials")]
    [TestCase(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.", "AWS does not recognize the credentials")]
    [TestCase(404, "NoSuchBucket", "The specified bucket does not exist", "the bucket does not exist. Specify the right one as s3://<bucket>")]
    [TestCase(403, "RequestTimeTooSkewed", "The difference is too large.", "the clock of this machine is off")]
    [TestCase(400, "InvalidRequest", "Something else", "S3 returned 400 InvalidRequest: Something else. (request r1)")]
    [TestCase(500, "InternalError", "We encountered an internal error", "S3 had an internal error (500 InternalError)")]
    public async Task SaysInOneLineWhatToDo(int status, string code, string message, string expected)
    {
        await using var s3 = new ScriptedS3(S3Reply.Error(status, code, WebUtility.HtmlEncode(message)));

        var e = (await Assert.ThrowsAsync<SlipwayException>(() => S3FaultTests.PutAsync(s3.Open(), PutCondition.None)))!;

        Assert.That(e.Message, Does.StartWith("s3:PutObject on 'models/m/a' in the bucket 'my-bucket' failed: ").And.Contain(expected).And.Not.Contain("\n"));
    }

    [Test]
    public async Task NamesTheRegionThatTheBucketIsIn([Values] bool asHeader)
    {
        await using var s3 = new ScriptedS3(asHeader
            ? S3Reply.Error(301, "PermanentRedirect", "Use the specified endpoint.", "", ("x-amz-bucket-region", "eu-west-1"))
            : S3Reply.Error(400, "AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong; expecting 'eu-west-1'", "<Region>eu-west-1</Region>"));

        Assert.That(() => S3FaultTests.PutAsync(s3.Open(), PutCondition.None), Throws.InstanceOf<SlipwayException>().With.Message.Contains("Set AWS_REGION=eu-west-1."));
    }

    [Test]
    public async Task SaysHowToFindTheRegionWhereNobodyNamesIt()
    {
        await using var s3 = new ScriptedS3(S3Reply.Error(301, "PermanentRedirect"));

        Assert.That(() => s3.Open().GetAsync("models/m/a"), Throws.InstanceOf<SlipwayException>().With.Message.Contains("another region").And.Message.Contains("get-bucket-location"));
    }

    [TestCase(403, "AccessDenied", "may not s3:GetObject there")]
    [TestCase(404, "NoSuchBucket", "the bucket does not exist")]
    [TestCase(400, "ExpiredToken", "have expired")]
    public async Task FindsOutWhyAQuestionWithoutABodyWasRefused(int status, string code, string expected)
    {
        await using var s3 = new ScriptedS3(S3Reply.Error(status, code));

        Assert.That(() => s3.Open().HeadAsync("models/m/a"), Throws.InstanceOf<SlipwayException>().With.Message.Contains(expected));
    }

    [Test]
    public async Task ExplainsThatListPermissionRevealsMissingObjects()
    {
        await using var s3 = new ScriptedS3(S3Reply.Error(403, "AccessDenied", "Access Denied"));

        Assert.That(() => s3.Open().GetAsync("models/m/a"), Throws.InstanceOf<SlipwayException>().With.Message.Contains("s3:ListBucket"));
    }

    [Test]
    public void SaysWhenS3CannotBeReached()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var config = S3Client.Configure();
        (config.ServiceURL, config.AuthenticationRegion) = ($"http://127.0.0.1:{((IPEndPoint)nobody.LocalEndpoint).Port}", "us-east-1");
        nobody.Stop();
        using var client = new AmazonS3Client(new BasicAWSCredentials("test", "test"), config);

        Assert.That(
            () => new S3ObjectStore(client, "my-bucket", TimeProvider.System).HeadAsync("models/m/a"),
            Throws.InstanceOf<SlipwayException>().With.Message.Contains("could not be reached").And.Message.Contains("AWS_ENDPOINT_URL"));
    }
}
