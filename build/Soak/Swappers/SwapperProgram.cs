using System.Diagnostics;
using System.Runtime.InteropServices;
using Slipway.Inference.Hosting;
using Slipway.Inference.Slots;
using Slipway.Registry.Storage;
using Slipway.Soak.Fleet;

namespace Slipway.Soak.Swappers;

/// <summary>A complete server in this process, whose channel moves as soon as it has swapped. It ends with its job, or when its output is closed.</summary>
public static class SwapperProgram
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(SwapperJob job, TextWriter output)
    {
        var time = TimeProvider.System;
        await using var app = InferenceHost.Build(job.Arguments);
        await app.StartAsync();
        var catalog = app.Services.GetRequiredService<ModelCatalog>();
        var mover = new VersionMover(new DirectoryObjectStore(job.Store, time), job.Model, job.Color, time);
        await UntilServingAsync(catalog, job.Model, null, time);
        for (var swap = 1; swap <= job.Swaps; swap++)
        {
            await UntilServingAsync(catalog, job.Model, await mover.MoveAsync(CancellationToken.None), time);
            Leak(job.LeakBytes);
            if (swap % job.Every == 0)
                await output.WriteLineAsync(Sample(swap).ToLine());
        }

        await output.FlushAsync();
        await app.StopAsync();
    }

    private static async Task UntilServingAsync(ModelCatalog catalog, string model, int? version, TimeProvider time)
    {
        var started = time.GetTimestamp();
        while (catalog.Find(model)?.State is not { Serving: { } serving } || (version is not null && serving.Version != version))
        {
            if (time.GetElapsedTime(started) > Timeout)
                throw new InvalidOperationException($"Version {version} was not served within a minute.");
            await Task.Delay(Pause, time);
        }
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
