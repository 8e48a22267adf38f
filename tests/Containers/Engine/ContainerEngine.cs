using System.ComponentModel;
using System.Diagnostics;
using Slipway.Build.Images.Docker;
using Slipway.Registry;

namespace Slipway.Containers.Tests.Engine;

/// <summary>The engine of these tests: the running one, or else a private one that ends with them.</summary>
internal sealed class ContainerEngine : IAsyncDisposable
{
    public const string InstallHint =
        "The container tests need a Docker engine that starts containers: start one, or install it (Debian: .ci/install, or apt-get install docker.io containerd runc tini) and run them as root, and they start their own.";

    private const string Daemon = "/usr/sbin/dockerd";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly Process? _daemon;
    private readonly string _folder;
    private readonly TimeSpan _timeout;

    private ContainerEngine(Process? daemon, string folder, TimeSpan timeout) => (_daemon, _folder, _timeout) = (daemon, folder, timeout);

    /// <exception cref="IgnoreException">There is none to be had here.</exception>
    public static async Task<ContainerEngine> StartAsync(DockerTool docker, string folder)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("The container tests need Linux: they make their base images out of the machine's own files.");
        if (Answers(docker))
            return new(null, folder, Timeout);
        if (!Environment.IsPrivilegedProcess || !File.Exists(Daemon))
            Assert.Ignore(InstallHint);
        return await StartPrivateAsync(docker, Daemon, folder, Timeout);
    }

    /// <summary>Starts an engine that ends with the tests.</summary>
    /// <exception cref="IgnoreException">It cannot run here.</exception>
    public static async Task<ContainerEngine> StartPrivateAsync(DockerTool docker, string program, string folder, TimeSpan timeout)
    {
        // no bridge and no rules: the containers of these tests share the machine's loopback, or have no network at all
        var socket = $"unix://{folder}/docker.sock";
        var daemon = Begin(new(
            program,
            [
                "--data-root", $"{folder}/data", "--exec-root", $"{folder}/exec", "--pidfile", $"{folder}/pid", "--host", socket,
                "--bridge=none", "--iptables=false", "--ip6tables=false",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var log = new List<string>();
        daemon.OutputDataReceived += (_, line) => Keep(line.Data);
        daemon.ErrorDataReceived += (_, line) => Keep(line.Data);
        daemon.BeginOutputReadLine();
        daemon.BeginErrorReadLine();
        Environment.SetEnvironmentVariable("DOCKER_HOST", socket);
        var engine = new ContainerEngine(daemon, folder, timeout);
        var started = TimeProvider.System.GetTimestamp();
        do
        {
            if (Answers(docker))
                return engine;
            await Task.Delay(Between, TimeProvider.System);
        }
        while (!daemon.HasExited && TimeProvider.System.GetElapsedTime(started) < timeout);

        var how = daemon.HasExited ? $"It ended with exit code {daemon.ExitCode}" : $"It did not answer within {timeout.TotalSeconds:0} s";
        await engine.DisposeAsync();
        Assert.Ignore($"A private engine cannot run here. {InstallHint}\n{how}, and said last:\n{string.Join('\n', Tail())}");
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

    /// <summary>Starts a container: an engine may respond although its machine prevents it from starting one.</summary>
    /// <param name="run">One that ends with 0 wherever it runs at all.</param>
    /// <exception cref="IgnoreException">It does not run.</exception>
    public static void RequireContainers(DockerTool docker, ContainerRun run)
    {
        string problem;
        try
        {
            var exitCode = docker.Run(run);
            if (exitCode == 0)
                return;
            problem = $"'{run.Image} {string.Join(' ', run.Command)}' ended with exit code {exitCode}.";
        }
        catch (SlipwayException e)
        {
            problem = e.Message;
        }

        Assert.Ignore($"The Docker engine responds, but cannot run a container. {InstallHint}\n{problem}");
    }

    /// <summary>Stops a private engine, and kills it with all its processes if it does not end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_daemon is null)
            return;
        Environment.SetEnvironmentVariable("DOCKER_HOST", null);
        if (!_daemon.HasExited)
        {
            await Shell.TryAsync("/bin/sh", "-c", $"kill -TERM {_daemon.Id}");
            using var late = new CancellationTokenSource(_timeout, TimeProvider.System);
            await _daemon.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_daemon.HasExited)
        {
            _daemon.Kill(entireProcessTree: true);
            await _daemon.WaitForExitAsync();
        }

        _daemon.Dispose();
        // the engine leaves a mount behind, and a folder with a mount in it cannot be removed
        await Shell.TryAsync("/bin/sh", "-c", $"umount {_folder}/exec/netns/default");
    }

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            Assert.Ignore($"A private engine cannot be started here. {InstallHint}\n{e.Message}");
            throw;
        }
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
