using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>Services as processes on this machine.</summary>
public sealed class ProcessHost(LocalFolders folders, TimeProvider time) : IServiceHost
{
    // The start time of a process is derived from boot time and clock ticks, so it is off by some hundredths of a second.
    private static readonly TimeSpan StartTimeTolerance = TimeSpan.FromSeconds(1);

    public ServiceRecord Start(ServiceStart service)
    {
        var release = (FolderRelease)service.Release;
        var assembly = release.Assembly(service.Program);
        return Start(service.Name, release.Hash, ["dotnet", assembly, .. service.Words], release.Folder, service.Settings);
    }

    /// <summary>Starts any program in the same way.</summary>
    /// <param name="release">Its release, for the record.</param>
    /// <param name="folder">Its working directory.</param>
    /// <exception cref="SlipwayException">It did not start.</exception>
    public ServiceRecord Start(string name, string release, string[] command, string folder, IReadOnlyDictionary<string, string> settings)
    {
        var log = Path.Combine(folders.Logs, $"{name}.log");
        ServiceLog.Begin(log, string.Join(' ', command.Take(2)));
        var start = OperatingSystem.IsWindows() ? OnWindows(command, log) : OnUnix(command, log);
        start.WorkingDirectory = folder;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        foreach (var (variable, value) in settings)
            start.Environment[variable] = value;

        using var process = Process.Start(start) ?? throw new SlipwayException($"'{string.Join(' ', command)}' did not start.");
        return new(name, process.Id, process.StartTime.ToUniversalTime(), release, log);
    }

    // A session of its own, so that closing the terminal or Ctrl+C does not reach it. exec keeps the process id. Its output must not stay
    // connected to ours, or a pipe behind build.sh would wait for the service to end.
    private static ProcessStartInfo OnUnix(string[] command, string log) => new("/bin/sh",
    [
        "-c",
        "log=$1; shift; exec >>\"$log\" 2>&1 </dev/null; if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec nohup \"$@\"; fi",
        "sh", log, .. command,
    ]);

    private static ProcessStartInfo OnWindows(string[] command, string log) => new("cmd.exe",
        $"/d /s /c \"{string.Join(' ', command.Select(word => $"\"{word}\""))} >> \"{log}\" 2>&1 < nul\"");

    public bool IsRunning(ServiceRecord service)
    {
        using var process = Find(service);
        return process is not null;
    }

    public bool SharesPorts(ServiceRecord running, Release next) => OperatingSystem.IsLinux();

    public Release? ReleaseOf(ServiceRecord service) => new ReleaseFolder(folders).Find(service.Release);

    public string Printed(ServiceRecord service) => $"Its log, {service.Log}, ends with:\n{ServiceLog.Tail(service.Log)}";

    public async Task StopAsync(ServiceRecord service, TimeSpan timeout, CancellationToken cancellation)
    {
        using var process = Find(service);
        if (process is null)
            return;

        using var deadline = new Deadline(timeout, time, cancellation);
        RequestStop(process);
        try
        {
            await WaitForEndAsync(service, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            await WaitForEndAsync(service, cancellation);
        }
    }

    private async Task WaitForEndAsync(ServiceRecord service, CancellationToken cancellation)
    {
        while (IsRunning(service))
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
    }

    private static void RequestStop(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            // Windows has no SIGTERM to send to a process without a console.
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
            // It ended between two checks.
        }

        process?.Dispose();
        return null;
    }

    // If nothing reaps orphans, as in a container without an init process, an ended process stays in the process table.
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
