using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Slipway.Aws.Tests.Fixtures;
using Slipway.Faults.Http;
using Slipway.Faults.Rules;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Registry.Storage.S3;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Aws.Tests.Storage;

/// <summary>What a bucket's client makes of the faults of the proxy. Every test ends with the same request without the fault.</summary>
public sealed class FaultProxyTests
{
    private const string Key = "models/m/a";

    private readonly FaultScript _script = new(seed: 1);
    private ScriptedS3 _s3 = null!;
    private FaultProxy _proxy = null!;
    private S3ObjectStore _store = null!;
    private string _content = "hello";

    [SetUp]
    public async Task StartProxy()
    {
        _content = "hello";
        _s3 = new(request => request switch
        {
            { Method: "PUT" } => S3Reply.Written,
            { Path: var path } when path.Contains("list-type=2", StringComparison.Ordinal) =>
                new(200, $"<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>{_content}</Key><ETag>\"e\"</ETag><Size>1</Size></Contents></ListBucketResult>"),
            _ => S3Reply.Found(_content),
        });
        _proxy = await FaultProxy.StartAsync(_s3.Url, _script, TimeProvider.System);
        _store = ScriptedS3.Open(_proxy.Url);
    }

    [TearDown]
    public async Task StopProxy()
    {
        await _proxy.DisposeAsync();
        await _s3.DisposeAsync();
    }

    [Test]
    public async Task PassesEverythingOnWithoutAFault()
    {
        _content = new('x', 300_000);

        Assert.That(await ReadAsync(), Is.EqualTo(_content));
        Assert.That((await S3FaultTests.PutAsync(_store, PutCondition.Absent))?.ETag, Is.EqualTo("\"e1-1\""));
        Assert.That((await _store.HeadAsync(Key))?.LastModified, Is.EqualTo(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero)));
        var put = _s3.Requests.Single(request => request.Method == "PUT");
        Assert.That((put.Headers["If-None-Match"], put.Headers["Host"]), Is.EqualTo(("*", _proxy.Url.Authority)), "the host is part of the signature");
    }

    [TestCase(FaultKind.InternalError, "internal error (500 InternalError)")]
    [TestCase(FaultKind.SlowDown, "throttled the request (SlowDown)")]
    public async Task RefusesRequestsWithoutPassingThemOn(FaultKind kind, string message)
    {
        using (var fault = _script.Add(new(kind)))
        {
            Assert.That(ReadAsync, Throws.InstanceOf<SlipwayException>().With.Message.Contains(message));
            Assert.That(fault.Injected, Is.EqualTo(3), "the client tries three times");
            Assert.That(_s3.Requests, Is.Empty);
        }

        Assert.That(await ReadAsync(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task ResetsTheConnectionInTheMiddleOfContent()
    {
        _content = new('x', 300_000);
        using (_script.Add(new(FaultKind.ResetInBody) { Bytes = 100_000 }))
            Assert.That(ReadAsync, Throws.InstanceOf<SlipwayException>().With.Message.Contains("closed the connection"));

        Assert.That(await ReadAsync(), Has.Length.EqualTo(300_000));
    }

    [Test]
    public async Task EndsContentEarlyAsIfThatWereAllOfIt()
    {
        using (_script.Add(new(FaultKind.Truncate) { Bytes = 2 }))
            Assert.That(await ReadAsync(), Is.EqualTo("he"));

        Assert.That(await ReadAsync(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task LosesTheAnswerToAWriteThatIsMade()
    {
        using (var fault = _script.Add(new(FaultKind.LostAnswer) { Times = 1 }))
        {
            Assert.That((await S3FaultTests.PutAsync(_store, PutCondition.None))?.ETag, Is.EqualTo("\"e1-1\""), "the client writes again");
            Assert.That((fault.Injected, _s3.Requests.Count(request => request.Method == "PUT")), Is.EqualTo((1, 2)));
        }

        await S3FaultTests.PutAsync(_store, PutCondition.None);
        Assert.That(_s3.Requests.Count(request => request.Method == "PUT"), Is.EqualTo(3));
    }

    [Test]
    public async Task ListsWhatWasThereBefore()
    {
        _content = "old";
        Assert.That(await ListAsync(), Is.EqualTo(new[] { "old" }));
        _content = "new";
        using (_script.Add(new(FaultKind.StaleList)))
            Assert.That(await ListAsync(), Is.EqualTo(new[] { "old" }));

        Assert.That(await ListAsync(), Is.EqualTo(new[] { "new" }));
    }

    [Test]
    public async Task ReturnsAnotherETagAndAnotherDate()
    {
        using (_script.Add(new(FaultKind.WrongETag)))
            Assert.That((await _store.HeadAsync(Key))?.ETag, Is.EqualTo("\"not-e1-1\""));
        using (_script.Add(new(FaultKind.SkewedDate) { Skew = TimeSpan.FromHours(-1) }))
            Assert.That((await _store.HeadAsync(Key))?.LastModified.Hour, Is.EqualTo(9));

        Assert.That((await _store.HeadAsync(Key))?.ETag, Is.EqualTo("\"e1-1\""));
    }

    [Test]
    public async Task DropsTheConditionOfAWrite()
    {
        using (_script.Add(new(FaultKind.IgnoredCondition)))
            await S3FaultTests.PutAsync(_store, PutCondition.Absent);
        await S3FaultTests.PutAsync(_store, PutCondition.Absent);

        Assert.That(_s3.Requests.Select(request => request.Headers.ContainsKey("If-None-Match")), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public async Task HangsUntilTheFaultEnds()
    {
        var fault = _script.Add(new(FaultKind.Hang));
        var read = ReadAsync();
        while (fault.Injected == 0)
            await Task.Yield();
        Assert.That(_s3.Requests, Is.Empty);

        fault.Dispose();

        Assert.That(await read, Is.EqualTo("hello"));
    }

    [TestCase("GET", "/b", "?list-type=2&prefix=models%2Fm", false, StoreOperations.List, "models/m")]
    [TestCase("GET", "/b/models/m", "", false, StoreOperations.Get, "models/m")]
    [TestCase("GET", "/b/models/m", "?tagging", false, StoreOperations.Head, "models/m")]
    [TestCase("HEAD", "/b/models/m", "", false, StoreOperations.Head, "models/m")]
    [TestCase("PUT", "/b/models/m", "", false, StoreOperations.Put, "models/m")]
    [TestCase("PUT", "/b/models/m", "?tagging", false, StoreOperations.Tag, "models/m")]
    [TestCase("PUT", "/b/models/m", "", true, StoreOperations.Copy, "models/m")]
    [TestCase("PUT", "/b/models/m", "?partNumber=1&uploadId=u", false, StoreOperations.Put, "models/m")]
    [TestCase("POST", "/b/models/m", "?uploads", false, StoreOperations.Put, "models/m")]
    [TestCase("DELETE", "/b/models/m", "", false, StoreOperations.Delete, "models/m")]
    public void SeesWhatARequestDoes(string method, string path, string query, bool copies, StoreOperations operation, string key) =>
        Assert.That(S3ObjectRequest.Of(method, path, new QueryCollection(QueryHelpers.ParseQuery(query)), copies), Is.EqualTo(new S3ObjectRequest(operation, key)));

    private async Task<string> ReadAsync()
    {
        await using var found = await _store.GetAsync(Key);
        return await ObjectStoreProbe.TextAsync(found);
    }

    private ValueTask<List<string>> ListAsync() => _store.ListAsync("").Select(info => info.Key).ToListAsync();
}
