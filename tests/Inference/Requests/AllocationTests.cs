using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Hosting.Listening;
using Slipway.Inference.PredictionLogs;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Monitoring;

namespace Slipway.Inference.Tests.Requests;

/// <summary>What a request allocates with log, drift counts and metrics on, beyond what the web server and its routing allocate for the same exchange.</summary>
[NonParallelizable]
public sealed class AllocationTests
{
    private const int BytesPerRequest = 200;

    // an object of the log is written after each warm-up, so that its entries are there again
    private const int WarmUp = 1000;
    private const int Rounds = 6;
    private const int RoundLength = 150;

    private const string Infer = "/v2/models/pump/infer";
    private const string Invocations = "/invocations";
    private const string Json = "application/json";

    private RunningServer _server = null!;
    private WebApplication _bare = null!;

    [OneTimeSetUp]
    public async Task StartServersAsync()
    {
        // nothing else happens while requests are counted
        _server = await RunningServer.WithModelAsync(
            new(0.5f) { Baseline = SampleBaseline.Value }, "PollInterval=01:00:00", "DiscoveryInterval=01:00:00", "HeartbeatInterval=01:00:00",
            "Monitoring:PublishInterval=01:00:00", "PredictionLog:FlushInterval=01:00:00", $"PredictionLog:MaxRecordsPerObject={WarmUp}");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebServer.AddTo(builder.WebHost, _ => { });
        _bare = builder.Build();
        _bare.MapPost("/v2/models/{model}/infer", (RequestDelegate)AnswerAsync);
        _bare.MapPost(Invocations, (RequestDelegate)AnswerAsync);
        await _bare.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopServersAsync()
    {
        await _server.DisposeAsync();
        await _bare.DisposeAsync();
    }

    [TestCase(Infer, Json, Answers.Row, TestName = "ATensorAllocatesLittle")]
    [TestCase(Invocations, Json, """{"Torque [Nm]":42.5,"Wear, tool":10,"Type":"M"}""", TestName = "ARecordAllocatesLittle")]
    [TestCase(Invocations, "text/csv", "Torque [Nm],\"Wear, tool\",Type\n42.5,10,M\n", TestName = "ARowOfCsvAllocatesLittle")]
    public async Task AllocatesLittle(string path, string type, string body)
    {
        using var ours = new Caller(_server.Address, path, type, body);
        using var bare = new Caller(new(_bare.Urls.First()), path, type, body);
        var log = _server.App.Services.GetRequiredService<PredictionLog>();
        var written = log.Written;
        for (var i = 0; i < WarmUp; i++)
        {
            ours.Call();
            bare.Call();
        }

        await Wait.ForAsync(() => log.Written == written + WarmUp, "the log of the warm-up is written");

        // whatever else happens in this process only adds to a round
        var (our, their) = (long.MaxValue, long.MaxValue);
        for (var round = 0; round < Rounds; round++)
            (our, their) = (Math.Min(our, Measure(ours)), Math.Min(their, Measure(bare)));

        TestContext.Out.WriteLine($"{our} bytes a request, {their} of them by the web server");
        Assert.That(our - their, Is.LessThanOrEqualTo(BytesPerRequest), $"of {our} bytes a request");

        // the next warm-up begins with an empty log
        for (var left = WarmUp - Rounds * RoundLength; left > 0; left--)
            ours.Call();
        await Wait.ForAsync(() => log.Written == written + 2 * WarmUp, "the log is written");
    }

    private static long Measure(Caller caller)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < RoundLength; i++)
            caller.Call();
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / RoundLength;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var read = await context.Request.BodyReader.ReadAsync();
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        context.Response.ContentType = Json;
        context.Response.ContentLength = Answer.Length;
        context.Response.BodyWriter.Write(Answer);
    }

    private static byte[] Answer { get; } = """{"model_name":"pump","model_version":"1","outputs":[{"name":"probability","datatype":"FP32","shape":[1,1],"data":[0.5]}]}"""u8.ToArray();

    /// <summary>Sends the same request over one connection, and allocates nothing.</summary>
    private sealed class Caller : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
        private readonly byte[] _request;
        private readonly byte[] _response = new byte[16 * 1024];

        public Caller(Uri server, string path, string type, string body)
        {
            _request = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            _socket.Connect(server.Host, server.Port);
        }

        // headers and body come in one packet: the server flushes once
        public void Call()
        {
            _socket.Send(_request);
            var length = _socket.Receive(_response);
            if (!_response.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
                throw new InvalidOperationException(Encoding.ASCII.GetString(_response, 0, length));
        }

        public void Dispose() => _socket.Dispose();
    }
}
