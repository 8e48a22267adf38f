using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;

namespace Slipway.Aws.Tests.Fixtures;

/// <summary>moto's own server on a free port of this machine: started by the first test that asks for it, ended with the assembly.</summary>
[SetUpFixture]
public sealed partial class MotoServer
{
    private const string Installation = "moto does not run here: pip install 'moto[server]'";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly SemaphoreSlim Turn = new(1);
    private static readonly ConcurrentQueue<string> Requested = [];
    private static Process? _process;
    private static Uri? _address;

    /// <summary>Where it answers. Ignores the test where moto is not installed.</summary>
    public static async Task<Uri> AddressAsync()
    {
        await Turn.WaitAsync();
        try
        {
            return _address ??= await StartAsync();
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>The requests to a bucket so far, such as <c>GET /bucket/key</c>.</summary>
    public static IReadOnlyList<string> RequestsTo(string bucket) => [.. Requested.Where(request => request.Split(' ')[1].StartsWith($"/{bucket}", StringComparison.Ordinal))];

    public static async Task<AmazonS3Client> CreateClientAsync() => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonS3Config { ServiceURL = (await AddressAsync()).ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        if (!process.HasExited)
        {
            PosixSignals.Terminate(process.Id);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
            await process.WaitForExitAsync(limit.Token);
        }

        process.Dispose();
        _process = null;
    }

    private static async Task<Uri> StartAsync()
    {
        _process = TryStart("moto_server") ?? TryStart("python3", "-m", "moto.server");
        if (_process is null)
            Assert.Ignore(Installation);

        var address = new TaskCompletionSource<Uri?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        _process!.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                address.TrySetResult(null); // it has ended
            else if (Running().Match(line.Data) is { Success: true } match)
                address.TrySetResult(new($"http://127.0.0.1:{match.Groups["port"].Value}"));
            else if (Request().Match(line.Data) is { Success: true } request)
                Requested.Enqueue(request.Groups["request"].Value);
            else if (!address.Task.IsCompleted)
                said.Add(line.Data);
        };
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        if (await address.Task.WaitAsync(StartTimeout, TimeProvider.System) is { } answering)
            return answering;

        var words = string.Join(Environment.NewLine, said);
        Assert.Ignore($"moto ended at its start. {Installation}{Environment.NewLine}{words}");
        throw new InvalidOperationException(words);
    }

    private static Process? TryStart(string command, params string[] before)
    {
        try
        {
            var start = new ProcessStartInfo(command, [.. before, "-H", "127.0.0.1", "-p", "0"])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            start.Environment["PYTHONUNBUFFERED"] = 1.ToString(CultureInfo.InvariantCulture);
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            return null; // no such program
        }
    }

    [GeneratedRegex("\"(?<request>[A-Z]+ \\S+) HTTP/1.1\"")]
    private static partial Regex Request();

    [GeneratedRegex(@"Running on http://127\.0\.0\.1:(?<port>\d+)")]
    private static partial Regex Running();
}
