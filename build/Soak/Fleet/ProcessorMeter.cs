using System.Diagnostics;
using Slipway.Build.Environments.Fleets.Services;

namespace Slipway.Soak.Fleet;

/// <summary>Measures the processor time of a fleet's services and of this process, which is its callers.</summary>
public sealed class ProcessorMeter(SoakFleet fleet, TimeProvider time)
{
    /// <summary>What some work took.</summary>
    public async Task<(T Result, ProcessorUse Use)> DuringAsync<T>(Func<Task<T>> work)
    {
        var (started, before) = (time.GetTimestamp(), Read());
        var result = await work();
        return (result, (Read() - before) with { Elapsed = time.GetElapsedTime(started) });
    }

    private ProcessorUse Read() => new(
        TimeSpan.Zero, Sum(fleet.Environment.Servers), Sum(fleet.GatewayRecords), Environment.CpuUsage.TotalTime);

    private static TimeSpan Sum(IEnumerable<ServiceRecord> services)
    {
        var sum = TimeSpan.Zero;
        foreach (var service in services)
        {
            using var process = Process.GetProcessById(service.ProcessId);
            sum += process.TotalProcessorTime;
        }

        return sum;
    }
}

/// <summary>Processor time within some time, of all cores together.</summary>
/// <param name="Servers">Of both colors.</param>
/// <param name="Callers">Of this process, with what it does besides.</param>
public readonly record struct ProcessorUse(TimeSpan Elapsed, TimeSpan Servers, TimeSpan Gateways, TimeSpan Callers)
{
    public TimeSpan Total => Servers + Gateways + Callers;

    public static ProcessorUse operator +(ProcessorUse one, ProcessorUse other) =>
        new(one.Elapsed + other.Elapsed, one.Servers + other.Servers, one.Gateways + other.Gateways, one.Callers + other.Callers);

    public static ProcessorUse operator -(ProcessorUse one, ProcessorUse other) =>
        new(one.Elapsed - other.Elapsed, one.Servers - other.Servers, one.Gateways - other.Gateways, one.Callers - other.Callers);

    /// <summary>The share of a machine's cores that was busy with it.</summary>
    public double Share(int cores) => Total / (Elapsed * cores);

    /// <summary>What one of some events took, beyond what the same time takes without them.</summary>
    public double MillisecondsEach(ProcessorUse calm, int events) => Math.Max(0, (Total - calm.Total * (Elapsed / calm.Elapsed)).TotalMilliseconds / events);
}
