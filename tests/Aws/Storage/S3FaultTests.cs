using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;
using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Aws.Tests.Storage;

/// <summary>Failures of S3 and of the way to it. Each has a control that shows the same without the failure.</summary>
public sealed class S3FaultTests
{
    private static readonly S3Reply Conflict = S3Reply.Error(409, "ConditionalRequestConflict");
    private static readonly S3Reply SlowDown = S3Reply.Error(503, "SlowDown", "Please reduce your request rate.");

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    public async Task WritesAgainWhereItMetAnotherWrite(int conflicts)
    {
        await using var s3 = new ScriptedS3([.. Enumerable.Repeat(Conflict, conflicts), S3Reply.Written]);

        var put = await PutAsync(s3.Open(), PutCondition.Absent);

        Assert.That((put?.ETag, put?.Version), Is.EqualTo(("\"e1-1\"", "v1")));
        Assert.That(s3.Requests, Has.Count.EqualTo(conflicts + 1).And.All.Matches<S3Request>(request => request!.Headers["If-None-Match"] == "*"));
    }

    [Test]
    public async Task GivesUpWhereOthersKeepWriting()
    {
        await using var s3 = new ScriptedS3(Conflict);

        Assert.That(() => PutAsync(s3.Open(), PutCondition.Absent), Throws.InstanceOf<SlipwayException>().With.Message.Contains("other writers kept changing the same key"));
        Assert.That(s3.Requests, Has.Count.EqualTo(6));
    }

    [TestCase(412, "PreconditionFailed")]
    [TestCase(404, "NoSuchKey")]
    public async Task SaysThatAConditionDidNotHold(int status, string code)
    {
        await using var s3 = new ScriptedS3(request => request.Method == "PUT" ? S3Reply.Error(status, code) : S3Reply.Error(404, "NoSuchKey"));

        Assert.That(await PutAsync(s3.Open(), PutCondition.Unchanged("\"e0\"")), Is.Null);
        Assert.That(s3.Requests.First().Headers["If-Match"], Is.EqualTo("\"e0\""));
    }

    [TestCase(403, "AccessDenied")]
    [TestCase(404, "NoSuchKey")]
    public async Task LosesAClaimWithoutTheRightToSeeWhoWonIt(int status, string code)
    {
        await using var s3 = new ScriptedS3(S3Reply.Error(412, "PreconditionFailed"), S3Reply.Error(status, code));

        Assert.That(await PutAsync(s3.Open(), PutCondition.Absent), Is.Null);
        Assert.That(s3.Requests.Select(request => request.Method), Is.EqualTo(new[] { "PUT", "HEAD" }));
    }

    [Test]
    public async Task SeesAnObjectThatIsWrittenWhileItAsks([Values] bool written)
    {
        await using var s3 = new ScriptedS3(request => request.Method == "HEAD" || !written ? S3Reply.Error(404, "NoSuchKey") : S3Reply.Found("new"));

        Assert.That((await s3.Open().HeadAsync("models/m/a"))?.Length, Is.EqualTo(written ? 3 : null));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task KnowsItsOwnWriteWhoseAnswerGotLost(bool own)
    {
        string? mark = null;
        await using var s3 = new ScriptedS3(request => (request.Method, request.Number) switch
        {
            ("PUT", 0) => Remembering(request.Headers["x-amz-meta-slipway-write"]),
            ("PUT", _) => S3Reply.Error(412, "PreconditionFailed"),
            _ => S3Reply.Found("mine", ("x-amz-meta-slipway-write", own ? mark! : "another")),
        });

        var put = await PutAsync(s3.Open(), PutCondition.Absent);

        Assert.That(put?.ETag, Is.EqualTo(own ? "\"e1-1\"" : null));

        S3Reply Remembering(string written)
        {
            mark = written;
            return S3Reply.Reset;
        }
    }

    [Test]
    public async Task TriesThreeTimesAtMostWhenAskedToSlowDown()
    {
        await using var s3 = new ScriptedS3(SlowDown);

        Assert.That(() => s3.Open().GetAsync("models/m/a"), Throws.InstanceOf<SlipwayException>().With.Message.Contains("throttled the request"));
        Assert.That(s3.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task ServesAfterItWasAskedToSlowDownOnce()
    {
        await using var s3 = new ScriptedS3(SlowDown, S3Reply.Found("hello"));

        await using var found = await s3.Open().GetAsync("models/m/a");

        Assert.That(await ObjectStoreProbe.TextAsync(found), Is.EqualTo("hello"));
    }

    [Test]
    public async Task DoesNotWaitForEverForAnAnswer()
    {
        await using var s3 = new ScriptedS3(S3Reply.Hang);

        Assert.That(
            () => s3.Open(timeout: TimeSpan.FromMilliseconds(200)).GetAsync("models/m/a"),
            Throws.InstanceOf<SlipwayException>().With.Message.Contains("did not respond in time"));
        Assert.That(s3.Requests, Has.Count.InRange(1, 3));
    }

    [TestCase("hang")]
    [TestCase("slow")]
    public async Task StopsAtTheDeadlineOfTheCaller(string fault)
    {
        await using var s3 = new ScriptedS3(fault == "hang" ? S3Reply.Hang : SlowDown);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        var asked = Stopwatch.StartNew();

        var question = fault == "hang"
            ? (Func<Task>)(() => s3.Open().GetIfChangedAsync("models/m/a", "\"e0\"", deadline.Token))
            : async () =>
            {
                while (true) // a poll sends several requests; each has the same timeout
                    try
                    {
                        await s3.Open().GetIfChangedAsync("models/m/a", "\"e0\"", deadline.Token);
                    }
                    catch (SlipwayException)
                    {
                    }
            };

        Assert.That(question, Throws.InstanceOf<OperationCanceledException>(), "the caller's own timeout is not a failure of the store");
        Assert.That(asked.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public async Task SaysSoWhenTheBodyBreaksOff()
    {
        await using var s3 = new ScriptedS3(S3Reply.Found("hel").ThenReset(promised: 5));

        await using var found = await s3.Open().GetAsync("models/m/a");

        Assert.That(() => ObjectStoreProbe.TextAsync(found), Throws.InstanceOf<SlipwayException>().With.Message.Contains("models/m/a").And.Message.Contains("closed the connection"));
    }

    [Test]
    public async Task DoesNotWaitForEverForTheRestOfABody()
    {
        var time = new FakeTimeProvider();
        await using var s3 = new ScriptedS3(S3Reply.Found("hel").ThenHang(promised: 5));
        await using var found = await s3.Open(time: time).GetAsync("models/m/a");
        var buffer = new byte[16];
        Assert.That(await found!.Content.ReadAsync(buffer), Is.EqualTo(3));

        var rest = found.Content.ReadAsync(buffer).AsTask();
        Assert.That(rest.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(() => rest, Throws.InstanceOf<SlipwayException>().With.Message.Contains("did not respond in time"));
    }

    [TestCase("mhhprQ==", "corrupted in transit")] // of other bytes
    [TestCase("NhCmhg==", null)]
    public async Task NoticesABodyThatWasDamagedOnItsWay(string crc32, string? problem)
    {
        await using var s3 = new ScriptedS3(S3Reply.Found("hello", ("x-amz-checksum-crc32", crc32)));

        await using var found = await s3.Open().GetAsync("models/m/a");

        Assert.That(
            () => ObjectStoreProbe.TextAsync(found),
            problem is null ? Throws.Nothing : Throws.InstanceOf<SlipwayException>().With.Message.Contains(problem));
    }

    [Test]
    public async Task SendsAChecksumWithWhatItWrites()
    {
        await using var s3 = new ScriptedS3(S3Reply.Written);

        await PutAsync(s3.Open(), PutCondition.None);

        Assert.That(s3.Requests.Single().Headers["x-amz-checksum-crc32"], Is.EqualTo("NhCmhg=="));
    }

    [Test]
    public async Task RequestsPagesUntilThereAreNoMore()
    {
        await using var s3 = new ScriptedS3(Page("a/+b c", next: "t1"), Page("a%2Fd", next: null));

        var listed = await s3.Open().ListAsync("a/").Select(info => info.Key).ToListAsync();

        Assert.That(listed, Is.EqualTo(new[] { "a/ b c", "a/d" }), "a plus is a space in what S3 encodes");
        Assert.That(s3.Requests.Select(request => request.Path.Contains("continuation-token=t1", StringComparison.Ordinal)), Is.EqualTo(new[] { false, true }));

        static S3Reply Page(string key, string? next) => new(200,
            $"<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>{(next is null ? "false" : "true")}</IsTruncated>"
            + $"<Contents><Key>{key.Replace(" ", "+", StringComparison.Ordinal)}</Key><ETag>\"e\"</ETag><Size>1</Size></Contents>"
            + (next is null ? "" : $"<NextContinuationToken>{next}</NextContinuationToken>") + "</ListBucketResult>");
    }

    internal static Task<ObjectInfo?> PutAsync(S3ObjectStore store, PutCondition condition) =>
        new ObjectStoreProbe(store).PutAsync("models/m/a", "hello", condition);
}
