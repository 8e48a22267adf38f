using System.Diagnostics;
using Slipway.Build.Images.Docker;
using Slipway.Registry;

namespace Slipway.Containers.Tests.Engine;

/// <summary>The engine of these tests: the one that answers, else a private one that ends with them.</summary>
internal sealed class ContainerEngine : IAsyncDisposable
{
    private const string HowToGetOne =
        "The container tests need a Docker engine: start one, or install it (Debian: apt-get install docker.io containerd runc tini) and run them as root, and they start their own.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process? _daemon;
    private readonly string _folder;

    private ContainerEngine(Process? daemon, string folder) => (_daemon, _folder) = (daemon, folder);

    /// <exception cref="IgnoreException">There is none to be had here.</exception>
    public static async Task<ContainerEngine> StartAsync(DockerTool docker, string folder)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("The container tests need Linux: they make their base images out of the machine's own files.");
        if (Answers(docker))
            return new(null, folder);
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/sbin/dockerd"))
            Assert.Ignore(HowToGetOne);

        // no bridge and no rules: the containers of these tests share the machine's loopback, or have no network at all
        var socket = $"unix://{folder}/docker.sock";
        var daemon = Process.Start(new ProcessStartInfo(
            "/usr/sbin/dockerd",
            [
                "--data-root", $"{folder}/data", "--exec-root", $"{folder}/exec", "--pidfile", $"{folder}/pid", "--host", socket,
                "--bridge=none", "--iptables=false", "--ip6tables=false",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var log = new List<string>();
        daemon.OutputDataReceived += (_, line) => Keep(line.Data);
        daemon.ErrorDataReceived += (_, line) => Keep(line.Data);
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
        Environment.SetEnvironmentVariable("DOCKER_HOST", socket);
        var engine = new ContainerEngine(daemon, folder);
        var started = TimeProvider.System.GetTimestamp();
        await Wait.ForAsync(
            () => daemon.HasExited || Answers(docker) || TimeProvider.System.GetElapsedTime(started) > Patience, () => "the private engine is known to answer or not", 2 * Patience);
        if (!daemon.HasExited && Answers(docker))
            return engine;

        await engine.DisposeAsync();
        Assert.Ignore($"A private engine cannot run here. {HowToGetOne}\n{string.Join('\n', Tail())}");
        return engine;

        void Keep(string? line)
        {
            lock (log)
                log.Add(line ?? "");
        }

        List<string> Tail()
        {
            lock (log)
                return [.. log.TakeLast(10)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is null)
            return;
        Environment.SetEnvironmentVariable("DOCKER_HOST", null);
        if (!_daemon.HasExited)
        {
            using var stop = Process.Start("kill", ["-TERM", $"{_daemon.Id}"]);
            await stop.WaitForExitAsync();
            using var late = new CancellationTokenSource(Patience, TimeProvider.System);
            await _daemon.WaitForExitAsync(late.Token);
        }

        _daemon.Dispose();
        // the engine leaves a mount behind, and a folder with a mount in it can not be removed
        using var unmount = Process.Start(new ProcessStartInfo("umount", [$"{_folder}/exec/netns/default"]) { RedirectStandardError = true })!;
        await unmount.WaitForExitAsync();
    }

    private static bool Answers(DockerTool docker)
    {
        try
        {
            docker.RequireEngine();
            return true;
        }
        catch (SlipwayException)
        {
            return false;
        }
    }
}
