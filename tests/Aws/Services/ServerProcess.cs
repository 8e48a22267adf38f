using System.Diagnostics;
using System.Text.RegularExpressions;
using Slipway.Aws.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Predictions;

namespace Slipway.Aws.Tests.Services;

/// <summary>An inference server as a process, configured like a task on ECS: only by environment variables.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("slipway-aws-");

    private ServerProcess(IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(TestContext.CurrentContext.TestDirectory, "Slipway.Inference.dll"), "serve"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLIPWAY_CacheFolder"] = _cache.FullName;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        _process = new() { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Client { get; } = new(DirectHttpClient.Handler());

    public List<string> Said { get; } = [];

    /// <summary>Starts it and waits until it has loaded every model.</summary>
    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        var server = new ServerProcess(settings);
        server.Client.BaseAddress = await server._address.Task.WaitAsync(Timeout, TimeProvider.System);
        var time = TimeProvider.System;
        for (var started = time.GetTimestamp(); !await server.IsReadyAsync(); await Task.Delay(Between, time))
            if (time.GetElapsedTime(started) > Timeout)
                throw new TimeoutException($"The server is not ready: {string.Join(Environment.NewLine, server.Said)}");
        return server;
    }

    public async Task<string> InferAsync(string model)
    {
        using var body = new StringContent("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[42.5,10,0,1,0]}]}""");
        body.Headers.ContentType = new("application/json");
        using var answer = await Client.PostAsync($"/v2/models/{model}/infer", body);
        Assert.That(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues(SlipwayHeaders.PredictionId).Single();
    }

    /// <summary>Stops it as ECS does, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
            return;
        PosixSignals.Terminate(_process.Id);
        using var limit = new CancellationTokenSource(Timeout, TimeProvider.System);
        await _process.WaitForExitAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
        _process.Dispose();
        TestFolder.Remove(_cache);
    }

    private async Task<bool> IsReadyAsync()
    {
        using var answer = await Client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            _address.TrySetException(new InvalidOperationException($"The server has ended: {string.Join(Environment.NewLine, Said)}"));
            return;
        }

        lock (Said)
            Said.Add(line);
        if (Listening().Match(line) is { Success: true } match)
            _address.TrySetResult(new($"http://127.0.0.1:{match.Groups["port"].Value}"));
    }

    [GeneratedRegex(@"Now listening on: http://[^ ]+:(?<port>\d+)")]
    private static partial Regex Listening();
}
