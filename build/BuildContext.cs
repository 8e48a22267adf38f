using System.Globalization;
using Cake.Core;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Build.Factories;
using Slipway.Build.Tools;
using Slipway.Build.Workflows.Lint;
using Slipway.Build.Workflows.Lint.Rules;
using Slipway.Build.Workflows.Lint.Shell;
// every Cake context has a member called Arguments
using KnownArguments = Slipway.Build.Cli.Arguments;

namespace Slipway.Build;

/// <summary>The context of the targets: complete before the first task starts, and then unchanged.</summary>
public sealed class BuildContext : FrostingContext
{
    private readonly Invocation _invocation;

    public BuildContext(ICakeContext context, Invocation invocation, IProgressReport report, WorkflowJob job)
        : base(context)
    {
        (_invocation, Report, Job) = (invocation, report, job);
        (DotNet, Git) = (new(context), new(context, invocation.Paths.Root));
        (Models, Releases, Images, Environments) = (new(this), new(this), new(this), new(this));
    }

    public Paths Paths => _invocation.Paths;

    public Settings Settings => _invocation.Settings;

    public TargetCatalog Targets => _invocation.Targets;

    public RepositoryFacts Facts => _invocation.Facts;

    public IProgressReport Report { get; }

    /// <summary>The GitHub job that this run belongs to; outside of one, its methods do nothing.</summary>
    public WorkflowJob Job { get; }

    public DotNetTool DotNet { get; }

    public GitTool Git { get; }

    public ModelSelection Models { get; }

    public ReleaseBuilds Releases { get; }

    public ImageFactory Images { get; }

    public EnvironmentFactory Environments { get; }

    /// <summary>A report whose tables and lines also appear in the summary of the workflow run, once it is disposed.</summary>
    public SummarizedReport Summarized(string title) => new(Report, Job, title, TimeProvider.System);

    /// <summary>Checks the workflows of this repository.</summary>
    /// <param name="stop">Cancels its work.</param>
    public WorkflowLint WorkflowLint(CancellationToken stop) => new(
        Paths.Root, WorkflowRules.All(new(Targets, Facts, ShellWord.IsOpen)), new(new(this, TimeProvider.System, stop)),
        new(new(this, TimeProvider.System, stop), Paths.WorkflowLinters, Paths.InstalledWorkflowLinters));

    /// <summary>The environment of this run: <c>--environment</c>, or else the one in cake.config.</summary>
    public string EnvironmentName => Value(KnownArguments.Environment) ?? Settings.Environment;

    /// <summary>Who made a change, for the history: the person who started the workflow, or the current user.</summary>
    public string By => EnvironmentVariables.Value(EnvironmentVariables.GitHubActor) ?? System.Environment.UserName;

    /// <summary>Whether a target is one of those that the command line names.</summary>
    public bool IsRequested(string target) => _invocation.CommandLine.Targets.Any(name => Targets.Find(name)?.Name == target);

    /// <summary>The value of an argument; null if it was not given.</summary>
    public string? Value(Argument argument) => _invocation.CommandLine.Value(argument);

    /// <summary>The value of an argument that the target requires.</summary>
    /// <exception cref="UsageException">It was not given.</exception>
    public string Required(Argument argument) =>
        Value(argument) ?? throw new UsageException($"{argument} is required: {argument.Description}.");

    /// <summary>Whether a flag was given.</summary>
    public bool IsSet(Argument flag) => Value(flag) == ValueRule.True;

    public DateTimeOffset? Instant(Argument argument) =>
        Value(argument) is { } value && InstantText.TryParse(value, out var instant) ? instant : null;

    /// <inheritdoc cref="Required"/>
    public int RequiredNumber(Argument argument) => int.Parse(Required(argument), CultureInfo.InvariantCulture);

    public int? Number(Argument argument) =>
        Value(argument) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    /// <summary>The full path of a file that was given as an argument, relative to the caller's working directory.</summary>
    /// <exception cref="UsageException">The file does not exist.</exception>
    public string? ExistingFile(Argument argument)
    {
        if (Value(argument) is not { } value)
            return null;
        var path = Paths.FromCaller(value);
        if (Directory.Exists(path))
            throw new UsageException($"{argument.Flag}: {path} is a folder. Name a file in it.");
        return File.Exists(path) ? path : throw new UsageException($"{argument.Flag}: the file {path} does not exist.");
    }

    /// <summary>The full path of a file to write, relative to the caller's working directory.</summary>
    /// <param name="standard">Its name if the argument was not given.</param>
    /// <exception cref="UsageException">It cannot be a file: it is a folder, or its folder does not exist.</exception>
    public string OutputFile(Argument argument, string standard)
    {
        var path = Paths.FromCaller(Value(argument) ?? standard);
        if (Directory.Exists(path))
            throw new UsageException($"{argument.Flag}: {path} is a folder. Name a file in it.");
        return Directory.Exists(Path.GetDirectoryName(path)) ? path : throw new UsageException($"{argument.Flag}: the folder {Path.GetDirectoryName(path)} does not exist.");
    }

    /// <summary>The content of a file that was given as an argument which the target requires.</summary>
    /// <exception cref="UsageException">The argument was not given, or the file does not exist.</exception>
    public byte[] Content(Argument argument)
    {
        Required(argument);
        var path = ExistingFile(argument)!;
        // opening a pipe would wait until a process writes to it
        return new FileInfo(path).Length > 0 ? File.ReadAllBytes(path) : throw new UsageException($"{argument.Flag}: {path} is empty or not a regular file.");
    }

    /// <summary>The same content as text.</summary>
    public string Text(Argument argument) => System.Text.Encoding.UTF8.GetString(Content(argument)).TrimStart('\uFEFF');
}
