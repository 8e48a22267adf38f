using System.ComponentModel;
using System.Globalization;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Tools;
using Slipway.Registry;
using Path = System.IO.Path;

namespace Slipway.Build.Workflows.Lint;

/// <summary>Node.js and npm, for tools that are written in JavaScript.</summary>
public sealed class NodeTool(ICakeContext context, TimeProvider time, CancellationToken stop, string program = "node")
{
    private const int Oldest = 20;

    private static readonly string InstallHint =
        $"Install Node {Oldest} or later with its npm (https://nodejs.org/en/download, or apt-get install nodejs npm if the system's version is new enough), and add both to the PATH.";

    private static readonly TimeSpan ToInstall = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ToRun = TimeSpan.FromMinutes(2);

    /// <exception cref="SlipwayException">Node.js is not installed, or too old.</exception>
    public void Require()
    {
        var output = Run(program, ".", ToRun, null, ["--version"]);
        output.ThrowIfFailed("node --version");
        var said = output.Lines is [var line, ..] ? line.Trim() : "";
        if (!int.TryParse(said.TrimStart('v').Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) || major < Oldest)
            throw new SlipwayException($"Node.js on the PATH is too old: {said}. {InstallHint}");
    }

    /// <summary>Installs exactly the versions in the lock file; no package scripts are run.</summary>
    /// <param name="folder">Contains package.json and package-lock.json.</param>
    public void Install(string folder, Action<string>? now = null)
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        var output = Run(npm, folder, ToInstall, now, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]);
        if (output.ExitCode != 0)
        {
            throw new SlipwayException(
                $"npm could not install {Path.GetFileName(folder)}:{Environment.NewLine}{string.Join(Environment.NewLine, output.Lines)}{Environment.NewLine}" +
                "If it cannot reach the registry: 'npm config get registry' shows its address, 'npm config set registry <url>' changes it.");
        }
    }

    /// <returns>The last line of its output.</returns>
    public string Run(string folder, IEnumerable<string> arguments)
    {
        var output = Run(program, folder, ToRun, null, arguments);
        output.ThrowIfFailed("node");
        return output.Lines is [.., var last] ? last : "";
    }

    private ToolOutput Run(string tool, string folder, TimeSpan timeout, Action<string>? now, IEnumerable<string> arguments)
    {
        using var deadline = new Deadline(timeout, time, stop);
        var builder = new ProcessArgumentBuilder();
        foreach (var argument in arguments)
            builder.AppendQuoted(argument);
        try
        {
            var output = new ToolOutput(now).Run(new StoppableContext(context, deadline.Token), tool, new ProcessSettings { Arguments = builder, WorkingDirectory = Path.GetFullPath(folder) });
            stop.ThrowIfCancellationRequested();
            return deadline.HasPassed ? throw new SlipwayException($"{tool} did not finish within {timeout.TotalMinutes:0} minutes and was stopped.") : output;
        }
        catch (Exception e) when (e is Win32Exception or CakeException)
        {
            throw new SlipwayException($"'{tool}' is not on the PATH. {InstallHint}", e);
        }
    }
}
