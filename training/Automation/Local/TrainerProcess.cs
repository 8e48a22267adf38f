using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>One process of the trainer, in a folder that also records which process it is.</summary>
internal sealed class TrainerProcess(string trainer, string root, TimeProvider time)
{
    private const string RecordName = "trainer.process";

    // Ctrl+C in a terminal reaches the trainer as well, and it may be the first to end.
    private static readonly TimeSpan SignalGrace = TimeSpan.FromMilliseconds(250);

    // Boot time and clock ticks make the start time of a process uncertain by some hundredths of a second.
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    /// <returns>The exit code. After the timeout <c>output/failure</c> says so.</returns>
    public async Task<int> RunAsync(TimeSpan timeout, Action<string> output, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        using var process = Start(output);
        try
        {
            await process.WaitForExitAsync(either.Token);
            if (process.ExitCode != 0)
                await Task.Delay(SignalGrace, time, cancellation);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            await File.WriteAllTextAsync(
                Path.Combine(root, "output/failure"), $"The job ran longer than {timeout} and was ended.", CancellationToken.None);
            return process.ExitCode;
        }
    }

    /// <summary>Ends the trainers of hosts that were killed, and removes their folders.</summary>
    public static async Task EndLeftoversAsync(string work, TimeProvider time, CancellationToken cancellation)
    {
        if (!Directory.Exists(work))
            return;
        foreach (var folder in Directory.EnumerateDirectories(work))
        {
            using var process = Find(Path.Combine(folder, RecordName));
            if (process is not null)
                await EndAsync(process, time, cancellation);
            Directory.Delete(folder, recursive: true);
        }
    }

    private Process Start(Action<string> output)
    {
        var start = new ProcessStartInfo("dotnet", [trainer, "train", $"--root={root}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var process = Process.Start(start) ?? throw new SlipwayException($"The trainer '{trainer}' did not start.");
        process.OutputDataReceived += (_, line) => Forward(line.Data);
        process.ErrorDataReceived += (_, line) => Forward(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        Record(process);
        return process;

        void Forward(string? line)
        {
            if (line is not null)
                output(line);
        }
    }

    private void Record(Process process)
    {
        try
        {
            File.WriteAllText(
                Path.Combine(root, RecordName),
                string.Create(CultureInfo.InvariantCulture, $"{process.Id} {process.StartTime.ToUniversalTime().Ticks}"));
        }
        catch (InvalidOperationException)
        {
            // It has ended already, so there is nothing to find later.
        }
    }

    // The start time tells it apart from a later process that got the same id.
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
            // It ended between two looks.
        }

        process?.Dispose();
        return null;
    }

    // Bounded: where nobody reaps orphans, an ended process stays in the table.
    private static async Task EndAsync(Process process, TimeProvider time, CancellationToken cancellation)
    {
        process.Kill(entireProcessTree: true);
        using var deadline = new CancellationTokenSource(EndPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }
}
