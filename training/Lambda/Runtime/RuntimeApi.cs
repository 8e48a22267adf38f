using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Runtime;

/// <summary>The four calls of Lambda's Runtime API that a custom runtime consists of.</summary>
/// <param name="host">The value of <see cref="Variable"/>.</param>
internal sealed class RuntimeApi(string host, TimeProvider time) : IDisposable
{
    public const string Variable = "AWS_LAMBDA_RUNTIME_API";

    private const int MaxEventCharacters = 6 * 1024 * 1024; // Lambda's limit
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    // The next event may be hours away: the process is frozen while it waits.
    private readonly HttpClient _http = new(DirectHttpClient.Handler())
    {
        BaseAddress = new($"http://{host}/2018-06-01/runtime/"),
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaxEventCharacters * 4L,
    };

    public async Task<FunctionInvocation> NextAsync(CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync("invocation/next", cancellation);
        answer.EnsureSuccessStatusCode();
        var id = Header(answer, "Lambda-Runtime-Aws-Request-Id") ?? throw new HttpRequestException("The Runtime API returned an event without a request id.");
        // Without a deadline, the function's own timeout ends it.
        var deadline = long.TryParse(Header(answer, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MaxValue;
        return new(id, deadline, Header(answer, "Lambda-Runtime-Trace-Id"), await answer.Content.ReadAsByteArrayAsync(cancellation));
    }

    public async Task SucceedAsync(string requestId, EventResponse answer)
    {
        using var content = JsonContent.Create(answer, RuntimeJson.Default.EventResponse);
        await PostAsync($"invocation/{requestId}/response", content, errorType: null);
    }

    public Task FailAsync(string requestId, RuntimeError error) => ReportAsync($"invocation/{requestId}/error", error);

    /// <summary>The function could not be initialized.</summary>
    public Task FailInitAsync(RuntimeError error) => ReportAsync("init/error", error);

    public void Dispose() => _http.Dispose();

    private async Task ReportAsync(string path, RuntimeError error)
    {
        using var content = JsonContent.Create(error, RuntimeJson.Default.RuntimeError);
        await PostAsync(path, content, error.ErrorType);
    }

    // Not cancelled with the event or by a stop: to Lambda, an event without a response is one that killed the process.
    private async Task PostAsync(string path, HttpContent content, string? errorType)
    {
        using var deadline = new CancellationTokenSource(AnswerTimeout, time);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (errorType is not null)
            request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
        using var answer = await _http.SendAsync(request, deadline.Token);
        // Gone and Bad Request mean that Lambda has already given up on this event, and retries it or not without us.
        if (answer.StatusCode is not (HttpStatusCode.Gone or HttpStatusCode.BadRequest))
            answer.EnsureSuccessStatusCode();
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
