using System.Net;
using System.Net.Sockets;
using System.Text;
using Slipway.Benchmarks.Load;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class LoadGeneratorTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-version: 7\r\n\r\n{}";
    private const string Refused = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";

    [Test]
    public async Task CountsAnswersUntilThereAreEnough()
    {
        var result = await MeasureAsync(_ => Ok, maxRequests: 40);

        Assert.That(result.Failed, Is.Zero, result.Failure);
        Assert.That(result.Requests, Is.EqualTo(40));
        Assert.That(result.P50Microseconds, Is.GreaterThan(0).And.LessThanOrEqualTo(result.P99Microseconds));
        Assert.That(result.Seen.Select(seen => seen.Value), Is.EqualTo(new[] { "7" }));
        Assert.That(result.ProcessorSeconds, Is.GreaterThanOrEqualTo(0));
    }

    [Test]
    public async Task CountsASingleRefusalAmongManyAnswers()
    {
        var result = await MeasureAsync(number => number == 11 ? Refused : Ok, maxRequests: 40);

        Assert.That(result.Failed, Is.EqualTo(1));
        Assert.That(result.Failure, Is.EqualTo("status 503"));
        Assert.That(result.Requests, Is.EqualTo(40));
    }

    [Test]
    public async Task CountsAConnectionThatEndsWithoutAnAnswerAndGoesOnOverAnother()
    {
        var result = await MeasureAsync(number => number == 11 ? null : Ok, maxRequests: 40);

        Assert.That(result.Failed, Is.EqualTo(1));
        Assert.That(result.Requests, Is.EqualTo(40));
    }

    [Test]
    public async Task GivesAServerUpThatOnlyRefuses()
    {
        var result = await MeasureAsync(_ => Refused, maxRequests: 40);

        Assert.That(result.Requests, Is.Zero);
        Assert.That(result.Failed, Is.EqualTo(400), "a hundred of each connection");
    }

    [Test]
    public async Task SendsAtAFixedRateWhateverWasDueHoweverLateItIs()
    {
        var result = await MeasureAsync(_ => Ok, maxRequests: 1, milliseconds: 50, rate: 1000);

        Assert.That(result.Failed, Is.Zero, result.Failure);
        Assert.That(result.Requests, Is.EqualTo(50), "one for each millisecond, on any machine");
        Assert.That(result.P99Microseconds, Is.LessThanOrEqualTo(result.P999Microseconds));
    }

    [Test]
    public async Task GivesAServerUpThatOnlyRefusesAtAFixedRate()
    {
        var result = await MeasureAsync(_ => Refused, maxRequests: 1, milliseconds: 20_000, rate: 1_000_000);

        Assert.That(result.Requests, Is.Zero);
        Assert.That(result.Failed, Is.InRange(100, 400));
    }

    // Ends by counting, long before its time.
    private static async Task<LoadResult> MeasureAsync(Func<int, string?> answer, long maxRequests, int milliseconds = 20_000, double? rate = null)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var number = 0;
        _ = ServeAsync(listener, () => answer(Interlocked.Increment(ref number)));
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v2/models/m/infer");
        return await new LoadGenerator(
            new LoadJob(url, "application/json", "{\"id\":\"ü\"}", 4, 0, milliseconds, maxRequests, [Environment.ProcessId], "x-version", rate), TimeProvider.System).RunAsync();
    }

    private static async Task ServeAsync(TcpListener listener, Func<string?> answer)
    {
        while (true)
            _ = AnswerAsync(await listener.AcceptTcpClientAsync(), answer);
    }

    private static async Task AnswerAsync(TcpClient client, Func<string?> answer)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var body = new char[10];
        while (await reader.ReadLineAsync() is { } line)
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal))
                Assert.That(line, Does.EndWith(" 11"), "of bytes, not of letters");
            else if (line.Length == 0)
            {
                await reader.ReadBlockAsync(body);
                if (answer() is not { } bytes)
                    return;
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(bytes));
            }
    }
}
