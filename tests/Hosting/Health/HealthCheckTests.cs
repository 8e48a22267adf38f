using System.Net;
using System.Net.Sockets;
using System.Text;
using Slipway.Hosting.Health;

namespace Slipway.Hosting.Tests.Health;

public sealed class HealthCheckTests
{
    private TcpListener _service = null!;

    [SetUp]
    public void SetUp()
    {
        _service = new(IPAddress.Loopback, 0);
        _service.Start();
    }

    [TearDown]
    public void TearDown() => _service.Dispose();

    [TestCase("200 OK", 0)]
    [TestCase("503 Service Unavailable", 1)]
    public async Task ChecksHealthByExitCode(string status, int expected)
    {
        using var error = new StringWriter();
        var asked = Check().ProbeAsync([$"--health=http://{_service.LocalEndpoint}/ready"], error);

        Assert.That(await AnswerAsync(status), Does.StartWith("GET /ready "));
        Assert.That(await asked, Is.EqualTo(expected));
        Assert.That(error.ToString(), expected == 0 ? Is.Empty : Does.Contain("returned 503: why"));
    }

    [TestCase("http://0.0.0.0:{0}")]
    [TestCase("http://*:{0}/")]
    [TestCase("http://+:{0}")]
    [TestCase("http://[::]:{0}")]
    [TestCase("http://127.0.0.1:{0}")]
    public async Task APathAloneAsksTheServiceOfThisEnvironment(string address)
    {
        var port = ((IPEndPoint)_service.LocalEndpoint).Port;
        var check = Check() with { Address = string.Format(System.Globalization.CultureInfo.InvariantCulture, address, port) };
        var asked = check.ProbeAsync(["--HEALTH=/status"], TextWriter.Null);

        Assert.That(await AnswerAsync("200 OK"), Does.StartWith("GET /status "));
        Assert.That(await asked, Is.Zero);
    }

    [Test]
    public async Task TheEnvironmentSaysWhereTheServiceListens()
    {
        var variable = $"SLIPWAY_{Check().Option}";
        Environment.SetEnvironmentVariable(variable, $"http://{_service.LocalEndpoint}");
        try
        {
            var asked = Check().ProbeAsync(["--health=/"], TextWriter.Null);
            await AnswerAsync("204 No Content");
            Assert.That(await asked, Is.Zero);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [TestCase("http://127.0.0.1:1/ping", 1, "cannot be reached")]
    [TestCase("ftp://127.0.0.1/ping", 1, "cannot be reached")]
    [TestCase("nonsense", 2, "is not a URL")]
    public async Task SaysWhyNobodyWasAsked(string url, int expected, string reason)
    {
        using var error = new StringWriter();

        Assert.That(await Check().ProbeAsync([$"--health={url}"], error), Is.EqualTo(expected));
        Assert.That(error.ToString(), Does.Contain(reason));
    }

    [Test]
    public async Task AServiceThatHangsIsNotHealthy()
    {
        var check = Check() with { Timeout = TimeSpan.FromMilliseconds(100) };

        Assert.That(await check.ProbeAsync([$"--health=http://{_service.LocalEndpoint}/"], TextWriter.Null), Is.EqualTo(1));
    }

    [TestCase]
    [TestCase("--Store=/srv/store")]
    public async Task OtherArgumentsAskForSomethingElse(params string[] arguments) => Assert.That(await Check().ProbeAsync(arguments, TextWriter.Null), Is.Null);

    private static HealthCheck Check() => new("HealthCheckTestUrl", "http://127.0.0.1:1", TimeSpan.FromSeconds(10));

    private async Task<string> AnswerAsync(string status)
    {
        using var client = await _service.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var buffer = new byte[4096];
        var read = await stream.ReadAsync(buffer);
        var body = status.StartsWith("204", StringComparison.Ordinal) ? "" : "why";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\ncontent-length: {body.Length}\r\nconnection: close\r\n\r\n{body}"));
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
