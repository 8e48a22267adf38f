using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Slipway.Registry;

namespace Slipway.Build;

/// <summary>Starts, recognises and ends processes that outlive the command that started them.</summary>
public static class ServiceProcess
{
    // Boot time and clock ticks make the start time of a process uncertain by some hundredths of a second.
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromSeconds(1);

    /// <param name="assembly">The service's assembly in its release folder.</param>
    /// <param name="log">Gets everything it prints, at the end.</param>
    public static (int Id, DateTimeOffset StartedAt) Start(
        string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string log)
    {
        ServiceLog.Begin(log, assembly);
        string[] command = ["dotnet", assembly, .. arguments];
        var start = OperatingSystem.IsWindows() ? OnWindows(command, log) : OnUnix(command, log);
        start.WorkingDirectory = Path.GetDirectoryName(assembly)!;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new SlipwayException($"'{assembly}' did not start.");
        return (process.Id, process.StartTime.ToUniversalTime());
    }

    // A session of its own: closing the terminal or Ctrl+C does not reach it. exec keeps the process id. Its output must not stay
    // connected to ours, or a pipe behind build.sh would wait for the service to end.
    private static ProcessStartInfo OnUnix(string[] command, string log) => new("/bin/sh",
    [
        "-c",
        "log=$1; shift; exec >>\"$log\" 2>&1 </dev/null; if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec nohup \"$@\"; fi",
        "sh", log, .. command,
    ]);

    private static ProcessStartInfo OnWindows(string[] command, string log) => new("cmd.exe",
        $"/d /s /c \"{string.Join(' ', command.Select(word => $"\"{word}\""))} >> \"{log}\" 2>&1 < nul\"");

    public static bool IsRunning(ServiceRecord record)
    {
        using var process = Find(record);
        return process is not null;
    }

    /// <summary>Asks a service to finish what it has and end; after <paramref name="patience"/> it is killed.</summary>
    /// <returns>Whether it ended by itself.</returns>
    public static async Task<bool> StopAsync(ServiceRecord record, TimeSpan patience, TimeProvider time, CancellationToken cancellation)
    {
        using var process = Find(record);
        if (process is null)
            return true;

        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        AskToEnd(process);
        try
        {
            await WaitForEndAsync(record, time, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            await WaitForEndAsync(record, time, cancellation);
            return false;
        }
    }

    public static async Task WaitForEndAsync(ServiceRecord record, TimeProvider time, CancellationToken cancellation)
    {
        while (IsRunning(record))
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
    }

    private static void AskToEnd(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            // There is no SIGTERM to send to a process without a console.
            process.Kill(entireProcessTree: true);
            return;
        }

        using var kill = Process.Start("/bin/sh", ["-c", "kill -TERM \"$1\" 2>/dev/null", "sh", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static Process? Find(ServiceRecord record)
    {
        Process? process = null;
        try
        {
            process = Process.GetProcessById(record.ProcessId);
            if (!process.HasExited && !IsZombie(record.ProcessId)
                && (process.StartTime.ToUniversalTime() - record.ProcessStartedAt).Duration() < StartTimeTolerance)
                return process;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended between two looks.
        }

        process?.Dispose();
        return null;
    }

    // Where nobody reaps orphans, as in a container without an init process, an ended process stays in the table.
    private static bool IsZombie(int id)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            var stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }
}
