using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Slipway.Build.Tests.StandIns;

/// <summary>What happened in a run, in order, as the tasks and the host wrote it down.</summary>
public sealed class Journal
{
    private readonly List<string> _entries = [];

    public IReadOnlyList<string> Entries => _entries;

    public void Add(string entry) => _entries.Add(entry);
}

/// <summary>Runs a real host in this process on the tasks of one test; nothing reaches the console.</summary>
internal sealed class CakeHostFixture
{
    private readonly CakeHost _host = new();

    public CakeHostFixture() => _host.ConfigureServices(services => services
        .AddSingleton(Journal)
        .AddSingleton<ICakeLog>(Log)
        .AddSingleton<IConsole>(Console)
        .AddSingleton<ICakeReportPrinter>(Report));

    public Journal Journal { get; } = new();

    public RecordingLog Log { get; } = new();

    public RecordingConsole Console { get; } = new();

    public RecordingReportPrinter Report { get; } = new();

    public CakeHostFixture With<TTask>()
        where TTask : class, IFrostingTask
    {
        _host.ConfigureServices(services => services.AddSingleton<IFrostingTask, TTask>());
        return this;
    }

    public CakeHostFixture With(Action<CakeHost> configure)
    {
        configure(_host);
        return this;
    }

    public int Run(params string[] args) => _host.Run(args);
}

internal sealed class RecordingLog : ICakeLog
{
    public List<string> Errors { get; } = [];

    public List<string> Warnings { get; } = [];

    public Verbosity Verbosity { get; set; } = Verbosity.Normal;

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args)
    {
        var text = args.Length == 0 ? format : string.Format(System.Globalization.CultureInfo.InvariantCulture, format, args);
        if (level == LogLevel.Error)
            Errors.Add(text);
        if (level == LogLevel.Warning)
            Warnings.Add(text);
    }
}

internal sealed class RecordingConsole : IConsole
{
    private readonly StringWriter _text = new();

    public string Text => _text.ToString();

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => _text.Write(format, arg);

    public void WriteLine(string format, params object[] arg) => _text.WriteLine(format, arg);

    public void WriteError(string format, params object[] arg) => _text.Write(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => _text.WriteLine(format, arg);

    public void ResetColor()
    {
    }
}

internal sealed class RecordingReportPrinter : ICakeReportPrinter
{
    public List<string> Entries { get; } = [];

    public void Write(CakeReport report) =>
        Entries.AddRange(report.Select(entry => $"{entry.TaskName} {entry.ExecutionStatus} {entry.SkippedMessage}".TrimEnd()));

    public void WriteStep(string name, Verbosity verbosity)
    {
    }

    public void WriteLifeCycleStep(string name, Verbosity verbosity)
    {
    }

    public void WriteSkippedStep(string name, Verbosity verbosity)
    {
    }
}
