using Cake.Core.IO;
using Cake.Core.Tooling;
using Slipway.Registry;

namespace Slipway.Build.Tools;

/// <summary>Collects the output of a tool: shown line by line as it runs, and completely if it fails.</summary>
public sealed class ToolOutput(Action<string>? onLine = null)
{
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();

    public int ExitCode { get; private set; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>Redirects a tool's output here instead of the console, and leaves its exit code to the caller.</summary>
    public T Capture<T>(T settings)
        where T : ToolSettings
    {
        settings.SetupProcessSettings = process =>
        {
            process.RedirectStandardOutput = true;
            process.RedirectStandardError = true;
            process.RedirectedStandardOutputHandler = Take;
            process.RedirectedStandardErrorHandler = Take;
        };
        settings.HandleExitCode = code =>
        {
            ExitCode = code;
            return true;
        };
        return settings;
    }

    /// <summary>Runs a program that Cake has no tool for.</summary>
    public ToolOutput Run(IProcessRunner runner, string program, ProcessSettings settings)
    {
        settings.RedirectStandardOutput = true;
        settings.RedirectStandardError = true;
        settings.RedirectedStandardOutputHandler = Take;
        settings.RedirectedStandardErrorHandler = Take;
        using var process = runner.Start(program, settings);
        process.WaitForExit();
        ExitCode = process.GetExitCode();
        return this;
    }

    /// <param name="essence">Selects the relevant lines; if it finds none, all lines are shown.</param>
    /// <exception cref="SlipwayException">The tool failed; the message contains its output.</exception>
    public void ThrowIfFailed(string what, Func<IReadOnlyList<string>, IReadOnlyList<string>>? essence = null)
    {
        if (ExitCode == 0)
            return;
        var told = essence?.Invoke(Lines) is { Count: > 0 } picked ? picked : Lines;
        throw new SlipwayException($"{what} failed (exit code {ExitCode}):{Environment.NewLine}{string.Join(Environment.NewLine, told)}");
    }

    /// <inheritdoc cref="ThrowIfFailed"/>
    /// <param name="folder">The folder that displayed paths are relative to.</param>
    public void ThrowIfBuildFailed(string what, string folder)
    {
        if (ExitCode != 0 && BuildErrors.In(Lines, folder) is { Count: > 0 } errors)
            throw new BuildFailedException($"{what} failed (exit code {ExitCode})", errors);
        ThrowIfFailed(what);
    }

    // each stream arrives on its own thread
    private string? Take(string? line)
    {
        if (line is not null)
        {
            lock (_gate)
                _lines.Add(line);
            onLine?.Invoke(line);
        }

        return null;
    }
}
