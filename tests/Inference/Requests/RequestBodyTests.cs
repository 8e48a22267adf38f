using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Inference.Requests;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;

namespace Slipway.Inference.Tests.Requests;

public sealed class RequestBodyTests
{
    private const string Record = """{"Torque [Nm]":42.5,"Wear, tool":10,"Type":"M"}""";

    private static readonly TestModel Version = new(0.5f);
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(Version, "MaxBodyBytes=200000", "MaxBodyBytesInFlight=300000");

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    [TestCase("identity")]
    public async Task UnpacksWhatIsPacked(string encoding)
    {
        using var infer = await SendAsync("/v2/models/pump/infer", Pack(Encoding.UTF8.GetBytes(Answers.Row), encoding), encoding);
        using var invocation = await SendAsync("/invocations", Pack(Encoding.UTF8.GetBytes(Record), encoding), encoding);

        Assert.That(infer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await infer.Content.ReadAsStringAsync());
        Assert.That((await infer.JsonAsync()).Data()[0], Is.EqualTo(Version.Predict(Answers.RowFeatures)).Within(1e-6));
        Assert.That(invocation.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("zstd")]
    [TestCase("gzip, br")]
    public async Task RefusesEncodingsThatItDoesNotKnow(string encoding)
    {
        using var answer = await SendAsync("/v2/models/pump/infer", Encoding.UTF8.GetBytes(Answers.Row), encoding);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
        Assert.That(answer.Header("Accept-Encoding"), Is.EqualTo("gzip, deflate, br"));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain($"The content encoding is '{encoding}'; expected one of gzip, deflate, br"));
    }

    [TestCase("gzip")]
    [TestCase("deflate")]
    [TestCase("br")]
    public async Task RefusesWhatIsNotPackedAsItSays(string encoding)
    {
        using var answer = await SendAsync("/v2/models/pump/infer", Encoding.UTF8.GetBytes(Answers.Row), encoding);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain($"not compressed with {encoding}"));
    }

    [Test]
    public async Task StopsUnpackingWhereABodyMayNotBeLarger()
    {
        using var answer = await SendAsync("/v2/models/pump/infer", Pack(new byte[20_000_000], "gzip"), "gzip");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(Budget.Taken, Is.Zero);
    }

    [TestCase("/v2/models/pump/infer", Answers.Row)]
    [TestCase("/invocations", Record)]
    public async Task SkipsAByteOrderMark(string path, string json)
    {
        using var answer = await _server.PostAsync(path, "\uFEFF" + json);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task TurnsLargeBodiesAwayWhileOthersTakeTheRoomAndGoesOnAnsweringSmallOnes()
    {
        using var slow = await StallAsync(190_000);
        using var large = await _server.InferAsync(Answers.Row + new string(' ', 150_000));
        using var small = await _server.InferAsync(Answers.Row);

        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(large.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That((string?)(await large.JsonAsync())["error"], Does.Contain("300000 bytes that are available for bodies"));
        Assert.That(small.StatusCode, Is.EqualTo(HttpStatusCode.OK));

        slow.Close();

        await Wait.ForAsync(() => Budget.Taken == 0, "the room of the caller who went away is free");
        using var again = await _server.InferAsync(Answers.Row + new string(' ', 150_000));
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task GivesUpABodyThatDoesNotArrive()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "BodyTimeout=00:00:00.2");
        using var slow = await StallAsync(190_000, server);
        using var reader = new StreamReader(slow.GetStream());

        Assert.That(await reader.ReadLineAsync(), Does.StartWith("HTTP/1.1 408"));
    }

    [TestCase("FFFFFFFFFFFFFFFF1")]
    [TestCase("nonsense")]
    public async Task RefusesChunksThatCannotBe(string size)
    {
        using var client = await ConnectAsync(_server);
        var head = $"POST /v2/models/pump/infer HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        using var reader = new StreamReader(client.GetStream());

        Assert.That(await reader.ReadLineAsync(), Does.StartWith("HTTP/1.1 400"));
    }

    [Test]
    public async Task ClosesConnectionsBeyondItsLimitAndTakesOthersAgainAfterwards()
    {
        await using var server = await RunningServer.WithModelAsync(Version, "MaxConnections=1");
        using var first = await ConnectAsync(server);
        await first.GetStream().WriteAsync("GET /ping HTTP/1.1\r\nhost: x\r\n\r\n"u8.ToArray());
        Assert.That(await first.GetStream().ReadAsync(new byte[1024]), Is.GreaterThan(0));

        using var second = await ConnectAsync(server);
        Assert.That(await second.GetStream().ReadAsync(new byte[1]), Is.Zero, "it is closed");

        first.Close();
        await Wait.ForAsync(async () => await IsAnsweredAsync(server), "the place of the first is free");
    }

    private static async Task<bool> IsAnsweredAsync(RunningServer server)
    {
        try
        {
            using var answer = await server.Client.GetAsync(new Uri("/ping", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private BodyBudget Budget => _server.App.Services.GetRequiredService<BodyBudget>();

    private Task<HttpResponseMessage> SendAsync(string path, byte[] body, string encoding)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return _server.Client.SendAsync(request);
    }

    /// <summary>Sends all of a body but its last byte, and waits until the server holds it.</summary>
    private async Task<TcpClient> StallAsync(int length, RunningServer? server = null)
    {
        server ??= _server;
        var client = await ConnectAsync(server);
        var head = $"POST /v2/models/pump/infer HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await client.GetStream().WriteAsync(new byte[length - 1]);
        var budget = server.App.Services.GetRequiredService<BodyBudget>();
        await Wait.ForAsync(() => budget.Taken > length - BodyBudget.Free, "the server holds the body");
        return client;
    }

    private static async Task<TcpClient> ConnectAsync(RunningServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        return client;
    }

    private static byte[] Pack(byte[] bytes, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream pack = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            _ => new BufferedStream(packed),
        })
        {
            pack.Write(bytes);
            pack.Flush();
        }

        return packed.ToArray();
    }
}
