using System.Diagnostics;
using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Build.Environments.Fleets.Services;
using Slipway.Registry;
using Slipway.Soak.Fleet;
using Slipway.Soak.Load;

namespace Slipway.Soak.Rows;

/// <summary>The disk that a server unpacks models to is full, in a mount namespace of its own.</summary>
public sealed class DiskFull : ISoakRow
{
    private const int PerSecond = 100;
    private const string Replica = "soak-disk";

    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxRecovery = TimeSpan.FromSeconds(35);

    public string Name => "disk-full";

    public string Fault => "The disk (a tmpfs of 64 MiB in a namespace of its own) of a server is full while a version is published, under 100 requests a second.";

    public string Bound => "0 lost, the server reports that space is missing, and serves the version within 35 s of getting space.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux() || !await MayMountAsync(cancellation))
            throw new RowUnavailableException("It needs mounts of its own: 'unshare --map-root-user --mount' as root, or with unprivileged user namespaces.");

        var (fleet, trials) = (context.Fleet, context.Plan.Of(10, 2));
        var (folder, cache) = (Path.Combine(context.Work, "store"), Directory.CreateDirectory(Path.Combine(context.Work, "cache")).FullName);
        var store = await fleet.Models.CopyAsync(folder, cancellation);
        using var process = Start(fleet, folder, context.Work, cache);
        // if this process is killed, the next soak ends it
        var records = new ServiceRecords(fleet.Environment.Folders);
        records.Save(new(Replica, process.Id, process.StartTime.ToUniversalTime(), fleet.Releases.Inference.Hash, $"{cache}.log"));
        try
        {
            var heartbeats = new Heartbeats(store, context.Time);
            var url = await AddressAsync(heartbeats, context.Time, cancellation);
            var mover = new VersionMover(store, fleet.Model, fleet.Live, context.Time);
            var (reported, recoveries) = (0, new List<TimeSpan>());
            using var load = new OpenLoad(new([url], fleet.Infer.Path, fleet.Infer.Body, PerSecond, Attempts: 1), context.Time);
            var figures = await load.WhileAsync(
                async _ =>
                {
                    for (var trial = 1; trial <= trials; trial++)
                    {
                        step.Now($"trial {trial} of {trials}");
                        // the process's own view of its mounts
                        var filler = $"/proc/{process.Id}/root{cache}/filler";
                        Fill(filler);
                        var version = await mover.MoveAsync(cancellation);
                        if (await IsReportedAsync(heartbeats, fleet.Model, context.Time, cancellation))
                            reported++;
                        await Task.Delay(Stay, context.Time, cancellation);
                        File.Delete(filler);
                        recoveries.Add(await RecoverAsync(heartbeats, fleet.Model, version, context.Time, cancellation));
                    }
                },
                cancellation);
            return Result(trials, reported, recoveries, figures);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            records.Remove(Replica);
        }
    }

    private static RowResult Result(int trials, int reported, List<TimeSpan> recoveries, LoadFigures figures)
    {
        var late = recoveries.Count(recovery => recovery > MaxRecovery);
        return new(
            trials, late + (figures.Lost > 0 ? 1 : 0),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{figures.Lost} of {figures.Sent:#,0} lost, reported {reported} of {trials} times, served at most {recoveries.Max().TotalSeconds:0.0} s after there was space"),
            new("the server reports that space is missing", reported == trials))
        {
            Broken = figures.FirstLoss,
            Figures = new Dictionary<string, double> { ["lost"] = figures.Lost, ["reported"] = reported, ["maxRecoverySeconds"] = recoveries.Max().TotalSeconds },
        };
    }

    private static async Task<bool> MayMountAsync(CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "true"]) { RedirectStandardError = true })!;
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // no such program
        }
    }

    private static Process Start(SoakFleet fleet, string store, string work, string cache) => Process.Start(new ProcessStartInfo(
        "unshare",
        [
            "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs -o size=64m none \"$0\" && exec \"$@\" >\"$0.log\" 2>&1", cache,
            "dotnet", fleet.Releases.Inference.Assembly("Slipway.Inference"), "serve", .. fleet.Models.Arguments(store, work, Replica),
        ]))!;

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 20, 4096, 1 })
            try
            {
                for (var block = new byte[size]; ;)
                    file.Write(block);
            }
            catch (IOException)
            {
                // no more of this size fits
            }
    }

    private static async Task<Uri> AddressAsync(Heartbeats heartbeats, TimeProvider time, CancellationToken cancellation)
    {
        using var deadline = new Deadline(TimeSpan.FromSeconds(30), time, cancellation);
        while (true)
        {
            if (await heartbeats.FindAsync(Replica, deadline.Token) is { Ready: true } heartbeat)
                return new(heartbeat.Address);
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, deadline.Token);
        }
    }

    private static async Task<bool> IsReportedAsync(Heartbeats heartbeats, string model, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < TimeSpan.FromSeconds(10))
        {
            var served = (await heartbeats.FindAsync(Replica, cancellation))?.Models.FirstOrDefault(one => one.Model == model);
            if (served?.Postponed?.Contains("space", StringComparison.OrdinalIgnoreCase) == true)
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        }

        return false;
    }

    private static async Task<TimeSpan> RecoverAsync(Heartbeats heartbeats, string model, int version, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while ((await heartbeats.FindAsync(Replica, cancellation))?.Models.FirstOrDefault(one => one.Model == model)?.Version != version && time.GetElapsedTime(started) <= MaxRecovery)
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        return time.GetElapsedTime(started);
    }
}
