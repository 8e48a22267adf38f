using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Aws.Tests.Storage;

/// <summary>Uploads in parts that meet another writer, or a failure. Not a part may stay.</summary>
public sealed class S3PartsFaultTests
{
    private static readonly S3Limits Small = new(Part: 1000, CopyWhole: 1000, CopyPart: 1000);
    private static readonly S3Reply Absent = S3Reply.Error(404, "NoSuchKey");
    private static readonly S3Reply Conflict = S3Reply.Error(409, "ConditionalRequestConflict");
    private static readonly S3Reply Begun = new(200, "<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
    private static readonly S3Reply Completed = new(
        200, "<CompleteMultipartUploadResult><ETag>\"e1-3\"</ETag></CompleteMultipartUploadResult>", ("x-amz-version-id", "v1"));

    private string _mark = "";

    [Test]
    public async Task WritesThreeParts()
    {
        await using var s3 = Script(_ => Completed);

        var put = await PutAsync(s3, new MemoryStream(new byte[2500]));

        Assert.That((put?.ETag, put?.Length, put?.Version), Is.EqualTo(("\"e1-3\"", 2500L, "v1")));
        Assert.That(Words(s3), Is.EqualTo("HEAD GET POST PUT PUT PUT POST"));
        Assert.That(s3.Requests.Last().Headers["If-None-Match"], Is.EqualTo("*"));
        Assert.That(s3.Requests.Where(request => request.Method == "PUT").Select(request => request.Headers.ContainsKey("x-amz-checksum-crc32")), Is.All.True);
    }

    [Test]
    public async Task LosesToAWriteInTheMeantime()
    {
        await using var s3 = Script(_ => S3Reply.Error(412, "PreconditionFailed"));

        Assert.That(await PutAsync(s3, new MemoryStream(new byte[2500])), Is.Null);
        Assert.That(Words(s3), Does.StartWith("HEAD GET POST PUT PUT PUT POST DELETE"), "the parts are given up");
    }

    [TestCase(412, "PreconditionFailed")]
    [TestCase(404, "NoSuchUpload")]
    public async Task KnowsItsOwnUploadWhoseAnswerGotLost(int status, string code)
    {
        await using var s3 = Script(complete => complete == 0 ? S3Reply.Reset : S3Reply.Error(status, code), _ => S3Reply.Found("x", ("x-amz-meta-slipway-write", _mark)));

        Assert.That((await PutAsync(s3, new MemoryStream(new byte[2500])))?.ETag, Is.EqualTo("\"e1-1\""));
    }

    [Test]
    public async Task SaysSoWhereAnUploadVanished()
    {
        await using var s3 = Script(_ => S3Reply.Error(404, "NoSuchUpload", "The upload does not exist"));

        Assert.That(() => PutAsync(s3, new MemoryStream(new byte[2500])), Throws.InstanceOf<SlipwayException>().With.Message.Contains("NoSuchUpload"));
    }

    [Test]
    public async Task UploadsAgainAfterAConflictingWrite()
    {
        await using var s3 = Script(complete => complete == 0 ? Conflict : Completed);

        var put = await PutAsync(s3, new MemoryStream(new byte[2500]));

        Assert.That(put?.Length, Is.EqualTo(2500));
        Assert.That(Words(s3), Is.EqualTo("HEAD GET POST PUT PUT PUT POST DELETE POST PUT PUT PUT POST"));
    }

    [Test]
    public async Task ReportsThatTheContentCannotBeReadAgain()
    {
        await using var s3 = Script(_ => Conflict);

        Assert.That(() => PutAsync(s3, new PatternStream(2500)), Throws.InstanceOf<SlipwayException>().With.Message.Contains("other writers kept changing"));
        Assert.That(Words(s3), Is.EqualTo("HEAD GET POST PUT PUT PUT POST DELETE"));
    }

    private Task<ObjectInfo?> PutAsync(ScriptedS3 s3, Stream content) => s3.Open(limits: Small).PutAsync("models/m/a", content, PutCondition.Absent);

    private static string Words(ScriptedS3 s3) => string.Join(' ', s3.Requests.Select(request => request.Method));

    /// <param name="complete">Says what to a request to complete, counted from 0.</param>
    /// <param name="after">What HEAD says after such a request.</param>
    private ScriptedS3 Script(Func<int, S3Reply> complete, Func<int, S3Reply>? after = null)
    {
        var completing = 0;
        return new(request =>
        {
            switch (request.Method)
            {
                case "HEAD" or "GET":
                    return completing == 0 || after is null ? Absent : after(completing);
                case "DELETE":
                    return new(204, "");
                case "PUT":
                    return new(200, "", ("ETag", "\"p-1\""));
                case var _ when request.Path.Contains("uploadId", StringComparison.Ordinal):
                    return complete(completing++);
                default:
                    _mark = request.Headers["x-amz-meta-slipway-write"];
                    return Begun;
            }
        });
    }
}
