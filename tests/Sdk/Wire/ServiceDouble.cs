using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.ECS;
using Amazon.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slipway.Sdk.Tests.Wire;

/// <summary>A service on loopback that records requests and sends scripted responses in order; the last one is repeated.</summary>
internal sealed class ServiceDouble : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly ConcurrentQueue<Answer> _answers = new();

    private ServiceDouble(WebApplication host) => _host = host;

    public ConcurrentQueue<Question> Questions { get; } = new();

    public string Url => _host.Urls.Single();

    /// <summary>Ignores the test with packages that are there to compile with, as CheckSdk makes them: the classes of the official ones, and no behavior.</summary>
    public static async Task RequireClientsThatSendAsync()
    {
        try
        {
            using var client = new AmazonECSClient(Keys, new AmazonECSConfig { ServiceURL = "http://127.0.0.1:9", AuthenticationRegion = "eu-west-1" });
            await client.DescribeTaskDefinitionAsync(new(), new CancellationToken(canceled: true));
        }
        catch (NotImplementedException)
        {
            Assert.Ignore("The AWS packages of this build have the public classes of the official ones and send nothing. Build with the official packages, or with the stand-ins: -p:StandIns=all");
        }
        catch (OperationCanceledException)
        {
            // it was about to send
        }
    }

    /// <summary>Starts one. Ignores the test if clients cannot call it.</summary>
    public static async Task<ServiceDouble> StartAsync()
    {
        await RequireClientsThatSendAsync();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var host = builder.Build();
        host.Urls.Add("http://127.0.0.1:0");
        var service = new ServiceDouble(host);
        host.Run(service.AnswerAsync);
        await host.StartAsync();
        return service;
    }

    public void Answers(string body, int status = 200, string? errorType = null) => _answers.Enqueue(new Answer(body, status, errorType));

    /// <summary>Keeps the caller waiting until it gives up.</summary>
    public void AnswersNever() => _answers.Enqueue(new Answer("", Status: 0));

    /// <summary>A client of this service with fake keys, in a region that only the signature contains.</summary>
    public TConfig Configure<TConfig>(TConfig config) where TConfig : ClientConfig
    {
        config.ServiceURL = Url;
        config.AuthenticationRegion = "eu-west-1";
        return config;
    }

    public static AWSCredentials Keys { get; } = new BasicAWSCredentials("AKIDEXAMPLE", "no-secret");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Questions.Enqueue(new Question(
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            JsonNode.Parse(await reader.ReadToEndAsync(http.RequestAborted))));

        // a client sends one request at a time
        if (!_answers.TryPeek(out var answer)) throw new InvalidOperationException("the double has no response");
        if (_answers.Count > 1) _answers.TryDequeue(out _);
        if (answer.Status == 0)
        {
            var gone = new TaskCompletionSource();
            await using var registration = http.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.Headers["x-amzn-RequestId"] = "request-1";
        if (answer.ErrorType != null) http.Response.Headers["x-amzn-ErrorType"] = answer.ErrorType;
        http.Response.ContentType = "application/x-amz-json-1.1";
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    internal sealed record Question(Dictionary<string, string> Headers, JsonNode? Body);

    private sealed record Answer(string Body, int Status, string? ErrorType = null);
}
