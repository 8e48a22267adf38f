using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Inference.Hosting;
using Slipway.Inference.Slots;

namespace Slipway.Soak.Swappers;

/// <summary>
/// A complete server in this process, which writes a line as soon as it has swapped, so that another process moves its channel: what a move takes grows with the
/// length of the history, and is not the server's. It ends with its job, or when its output is closed.
/// </summary>
public static class SwapperProgram
{
    /// <summary>The line after a swap without a sample, and before the first swap.</summary>
    public const string Swapped = "swapped";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(SwapperJob job, TextWriter output)
    {
        var time = TimeProvider.System;
        await using var app = InferenceHost.Build(job.Arguments);
        await app.StartAsync();
        var catalog = app.Services.GetRequiredService<ModelCatalog>();
        var version = await NextAsync(catalog, job.Model, null, time);
        await WriteAsync(output, Swapped);
        for (var swap = 1; swap <= job.Swaps; swap++)
        {
            version = await NextAsync(catalog, job.Model, version, time);
            Leak(job.LeakBytes);
            await WriteAsync(output, swap % job.Every == 0 ? Sample(swap).ToLine() : Swapped);
        }

        await app.StopAsync();
    }

    /// <summary>Waits until another version is served than the one before.</summary>
    private static async Task<int> NextAsync(ModelCatalog catalog, string model, int? before, TimeProvider time)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (catalog.Find(model)?.State.Serving is { } serving && serving.Version != before)
                return serving.Version;
            if (time.GetElapsedTime(started) > Timeout)
                throw new InvalidOperationException($"No other version than {before?.ToString(CultureInfo.InvariantCulture) ?? "none"} was served within a minute.");
            await Task.Delay(Pause, time);
        }
    }

    private static async Task WriteAsync(TextWriter output, string line)
    {
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }

    // what is only waiting for the garbage collector is no leak
    private static SwapperSample Sample(int swap)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return new(swap, Environment.WorkingSet, process.Threads.Count, process.HandleCount);
    }

    private static unsafe void Leak(int bytes)
    {
        if (bytes > 0)
            // every page of it is used
            new Span<byte>(NativeMemory.Alloc((nuint)bytes), bytes).Fill(1);
    }
}
