using System.Diagnostics;

namespace Slipway.Benchmarks.Load;

/// <summary>Sends requests to one server over persistent connections: in a closed loop, or at a fixed rate.</summary>
public sealed class LoadGenerator(LoadJob job, TimeProvider time)
{
    // the contestant gets the other cores
    private static int Threads { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    public async Task<LoadResult> RunAsync()
    {
        var window = LoadWindow.Of(job, time);
        var connections = Enumerable.Range(0, job.Connections).Select(_ => new LoadConnection(job, window)).ToList();
        try
        {
            var threads = Threaded(connections, window).Select(run => new Thread(run) { IsBackground = true }).ToList();
            threads.ForEach(thread => thread.Start());

            await UntilAsync(window.Start);
            var (processors, generator) = (ProcessorSeconds(), GeneratorSeconds());
            // threads end early when they have sent enough requests, or had too many failures
            while (time.GetTimestamp() < window.End && threads.Exists(thread => thread.IsAlive))
                await UntilAsync(Math.Min(window.End, time.GetTimestamp() + (time.TimestampFrequency / 100)));
            (processors, generator) = (ProcessorSeconds() - processors, GeneratorSeconds() - generator);
            var seconds = (double)(Math.Min(window.End, time.GetTimestamp()) - window.Start) / time.TimestampFrequency;
            threads.ForEach(thread => thread.Join());
            return Result(connections, seconds, processors, generator);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private IEnumerable<ThreadStart> Threaded(List<LoadConnection> connections, LoadWindow window)
    {
        LoadConnection[][] shares = [.. connections.Chunk((connections.Count + Threads - 1) / Threads)];
        return shares.Select((share, thread) => job.Rate is { } rate
            ? (ThreadStart)new OpenLoadThread(share, ArrivalSchedule.Of(window, rate, thread, shares.Length), window).Run
            : new LoadThread(share).Run);
    }

    private LoadResult Result(List<LoadConnection> connections, double seconds, double processors, double generator)
    {
        var latencies = new LatencyHistogram();
        connections.ForEach(connection => latencies.Add(connection.Latencies));
        return new(
            latencies.Count, seconds, Microseconds(latencies.Percentile(0.5)), Microseconds(latencies.Percentile(0.99)), Microseconds(latencies.Max),
            connections.Sum(connection => connection.Failed), connections.Select(connection => connection.Failure).FirstOrDefault(failure => failure is not null),
            processors, generator, Seen(connections), Microseconds(latencies.Percentile(0.999)));
    }

    private static List<SeenValue> Seen(List<LoadConnection> connections) =>
    [
        .. connections.SelectMany(connection => connection.Seen).GroupBy(seen => seen.Value, StringComparer.Ordinal)
            .Select(same => new SeenValue(same.Key, same.Sum(seen => seen.Count), same.Min(seen => seen.First), same.Max(seen => seen.Last)))
            .OrderBy(seen => seen.First),
    ];

    private double Microseconds(long ticks) => ticks * 1e6 / time.TimestampFrequency;

    private async Task UntilAsync(long timestamp)
    {
        var left = time.GetElapsedTime(time.GetTimestamp(), timestamp);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, time);
    }

    private double ProcessorSeconds() => job.Processes.Sum(SecondsOf);

    // includes the values of threads that have ended
    private static double GeneratorSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static double SecondsOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime.TotalSeconds;
    }
}
