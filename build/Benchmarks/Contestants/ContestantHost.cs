using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;

namespace Slipway.Benchmarks.Contestants;

/// <summary>Starts and stops contestants with the same service host as the services of an environment.</summary>
public sealed class ContestantHost(LocalFolders folders, TimeSpan readyTimeout, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly ProcessHost _host = new(folders, time);
    private readonly ServiceRecords _records = new(folders);
    private readonly HttpClient _http = DirectHttpClient.Create(TimeSpan.FromSeconds(5));

    /// <summary>Starts a contestant and returns when it responds to the request, or returns what is missing on this machine.</summary>
    /// <exception cref="SlipwayException">It is installed, but does not respond.</exception>
    public async Task<Contestant> StartAsync(ContestantProgram program, ContestantRequest request, CancellationToken cancellation)
    {
        if (program.Proof is { } proof && !await ProgramRun.SucceedsAsync(proof, time, cancellation))
            return new MissingContestant(program.Name, program.InstallHint);

        var (folder, port) = (Path.Combine(folders.Work, program.Service), Ports.Free());
        Directory.CreateDirectory(folder);
        var service = _host.Start(
            program.Service, program.Name, [.. program.Command(folder, port)], folder, new Dictionary<string, string> { ["PYTHONDONTWRITEBYTECODE"] = "1" });
        _records.Save(service);
        var contestant = new RunningContestant(program.Name, new($"http://127.0.0.1:{port}"), service);
        await WaitUntilItAnswersAsync(contestant, request, cancellation);
        return contestant;
    }

    /// <summary>Sends a request to a server and returns the response body.</summary>
    /// <exception cref="SlipwayException">The request failed.</exception>
    public async Task<byte[]> SendAsync(Uri url, ContestantRequest request, CancellationToken cancellation)
    {
        using var content = request.Content();
        using var answer = await _http.PostAsync(new Uri(url, request.Path), content, cancellation);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return answer.IsSuccessStatusCode
            ? body
            : throw new SlipwayException($"{url} returned {(int)answer.StatusCode} for {request.Path}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Stops every service that has a record, including those of a benchmark that was killed.</summary>
    public Task StopAllAsync() => StopAsync([.. _records.All().Select(service => service.Name)]);

    /// <summary>Stops services; those that are not running are ignored.</summary>
    public Task StopAsync(IEnumerable<string> names) => Task.WhenAll(names.Select(_records.Find).OfType<ServiceRecord>().Select(async service =>
    {
        await _host.StopAsync(service, StopTimeout, CancellationToken.None);
        _records.Remove(service.Name);
    }));

    public void Dispose() => _http.Dispose();

    private async Task WaitUntilItAnswersAsync(RunningContestant contestant, ContestantRequest request, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var problem = "nothing";
        while (time.GetElapsedTime(started) < readyTimeout && _host.IsRunning(contestant.Service))
            try
            {
                await SendAsync(contestant.Url, request, cancellation);
                return;
            }
            catch (Exception e) when (e is HttpRequestException or SlipwayException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                problem = e.Message;
                await Task.Delay(Pause, time, cancellation);
            }

        throw new SlipwayException($"{contestant.Name} did not start: {problem} {_host.Printed(contestant.Service)}");
    }
}
