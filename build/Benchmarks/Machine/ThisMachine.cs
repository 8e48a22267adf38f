using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Lineages;

namespace Slipway.Benchmarks.Machine;

/// <summary>What the operating system reports about this machine; Linux reports the most.</summary>
public static class ThisMachine
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<MachineFacts> InspectAsync(SourceReference source, TimeProvider time, CancellationToken cancellation)
    {
        var load = Read("/proc/loadavg")?.Split(' ')[0] is { } average ? double.Parse(average, CultureInfo.InvariantCulture) : (double?)null;
        var before = ProcessorTimes.Parse(Read("/proc/stat"));
        await Task.Delay(Pause, time, cancellation);
        var after = ProcessorTimes.Parse(Read("/proc/stat"));
        return new(
            Processor(), Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
            source.Commit, source.Dirty, time.GetUtcNow(), load, after?.BusyShareSince(before));
    }

    private static string Processor() =>
        Read("/proc/cpuinfo")?.Split('\n').FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim()
        ?? EnvironmentVariables.Value(EnvironmentVariables.Processor)
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
