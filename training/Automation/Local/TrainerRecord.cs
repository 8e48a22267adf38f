using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Slipway.Registry;

namespace Slipway.Automation.Local;

/// <summary>Which process is the trainer of a job's folder, so that it can be found when the host that started it was killed.</summary>
internal static class TrainerRecord
{
    private const string Name = "trainer.process";

    // The start time of a process is derived from boot time and clock ticks, so it is off by some hundredths of a second.
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    public static void Write(string root, Process trainer)
    {
        try
        {
            File.WriteAllText(
                Path.Combine(root, Name), string.Create(CultureInfo.InvariantCulture, $"{trainer.Id} {trainer.StartTime.ToUniversalTime().Ticks}"));
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            // It has already exited, or the disk is full: the record is a courtesy to the next host.
        }
    }

    /// <summary>Kills the trainers of hosts that were killed, and deletes their folders.</summary>
    public static async Task EndOrphansAsync(string work, TimeProvider time, CancellationToken cancellation)
    {
        if (!Directory.Exists(work))
            return;
        foreach (var folder in Directory.EnumerateDirectories(work))
        {
            using var process = Find(Path.Combine(folder, Name));
            if (process is not null)
                await EndAsync(process, time, cancellation);
            Directory.Delete(folder, recursive: true);
        }
    }

    // The start time distinguishes it from a later process with the same id.
    private static Process? Find(string record)
    {
        if (!File.Exists(record)
            || File.ReadAllText(record).Split(' ') is not [var id, var ticks]
            || !int.TryParse(id, CultureInfo.InvariantCulture, out var number) || !long.TryParse(ticks, CultureInfo.InvariantCulture, out var startedAt))
            return null;

        Process? process = null;
        try
        {
            process = Process.GetProcessById(number);
            if (!process.HasExited && (process.StartTime.ToUniversalTime() - new DateTime(startedAt, DateTimeKind.Utc)).Duration() < StartTimeTolerance)
                return process;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It exited between two checks.
        }

        process?.Dispose();
        return null;
    }

    // Limited: if nothing reaps orphans, an ended process stays in the process table.
    private static async Task EndAsync(Process process, TimeProvider time, CancellationToken cancellation)
    {
        process.Kill(entireProcessTree: true);
        using var deadline = new Deadline(EndTimeout, time, cancellation);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
