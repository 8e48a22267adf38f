using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Common.Tools.DotNet.Format;
using Cake.Common.Tools.DotNet.Publish;
using Cake.Common.Tools.DotNet.Test;
using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Path = System.IO.Path;

namespace Slipway.Build.Tools;

/// <summary>The .NET SDK: everything in Release, and quiet unless it fails.</summary>
public sealed class DotNetTool(ICakeContext context)
{
    public const string Configuration = "Release";

    private const string NoAnalyzers = "-p:RunAnalyzers=false";

    // Compilers, tests and what tests start run for seconds to minutes. Counting what they execute, to compile it again with that knowledge, costs them
    // more than it gains (a third of the processor time of a build, a sixth of that of the trainer's tests), and so does optimizing what was called 30 times
    // only: after 1024 calls, another sixth is saved.
    private static Dictionary<string, string?> ShortRuns => new()
    {
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_TC_CallCountThreshold"] = "400", // hexadecimal, as the runtime reads it
        // the collector runs after 64 MB of new objects, and on no thread of its own: a twentieth of what compilers and tests take
        ["DOTNET_GCgen0size"] = "4000000",
        ["DOTNET_gcConcurrent"] = "0",
        // code that is compiled as it runs is written where it is executed, not through a second mapping of the same memory
        ["DOTNET_EnableWriteXorExecute"] = "0",
        // the threads of LightGBM sleep until all are there, instead of waiting in a loop on cores that the others need
        ["OMP_WAIT_POLICY"] = "passive",
    };

    /// <summary>Compiles with analyzers.</summary>
    /// <param name="project">A solution or a project.</param>
    /// <param name="now">Receives every line as it is printed.</param>
    public void Build(string project, Action<string>? now = null) => Build(project, now, []);

    /// <summary>Compiles what is about to run, without analyzers, which take two fifths of the time: <see cref="Build(string, Action{string}?)"/> analyzes it later.</summary>
    public void BuildToRun(string project, Action<string>? now = null) => Build(project, now, [NoAnalyzers]);

    private void Build(string project, Action<string>? now, string[] properties)
    {
        var (output, folder) = (new ToolOutput(now), Path.GetDirectoryName(project)!);
        using var compiler = new CompilerServer(folder);
        context.DotNetBuild(project, output.Capture(new DotNetBuildSettings
        {
            Configuration = Configuration,
            EnvironmentVariables = ShortRuns,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            // the summary repeats every error
            ArgumentCustomization = arguments => With(compiler, properties.Aggregate(arguments.Append("-clp:NoSummary"), (all, property) => all.Append(property))),
        }));
        output.ThrowIfBuildFailed($"dotnet build {Path.GetFileName(project)}", folder);
    }

    /// <summary>
    /// Builds one project of another checkout, with the SDK in its own <c>global.json</c>. Warnings that today's compilers, analyzers and
    /// advisories have about older code are turned off: they have no effect on the result.
    /// </summary>
    /// <param name="root">The root of the checkout.</param>
    /// <param name="output">The folder for the project and its dependencies.</param>
    public void BuildApart(string root, string project, string output, Action<string> now, CancellationToken cancellation)
    {
        var said = new ToolOutput(now);
        // ends before the folder is deleted, also if the build is cancelled
        using var compiler = new CompilerServer(root);
        new StoppableContext(context, cancellation).DotNetBuild(Path.Combine(root, project), said.Capture(new DotNetBuildSettings
        {
            Configuration = Configuration,
            EnvironmentVariables = ShortRuns,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            OutputDirectory = output,
            WorkingDirectory = root,
            ArgumentCustomization = arguments => With(compiler, arguments
                .Append("-clp:NoSummary")
                // no other MSBuild process: it would outlive a cancelled build, in a folder that is about to be deleted
                .Append("-m:1")
                .Append("-p:TreatWarningsAsErrors=false")
                .Append(NoAnalyzers)
                .Append("-p:NuGetAudit=false")),
        }));
        cancellation.ThrowIfCancellationRequested();
        said.ThrowIfFailed($"dotnet build {Path.GetFileName(project)}");
    }

    /// <summary>Runs the SDK in another tree.</summary>
    /// <param name="cache">A NuGet cache instead of the user's; null for the user's.</param>
    public ToolOutput RunApart(string folder, string? cache, IEnumerable<string> arguments, Action<string> now, CancellationToken stop)
    {
        var builder = new ProcessArgumentBuilder();
        foreach (var argument in arguments)
            builder.AppendQuoted(argument);
        var settings = new ProcessSettings { Arguments = builder, WorkingDirectory = folder, EnvironmentVariables = new Dictionary<string, string?> { ["DOTNET_NOLOGO"] = "true" } };
        if (cache is not null)
            settings.EnvironmentVariables[EnvironmentVariables.NuGetPackages] = cache;
        var output = new ToolOutput(now).Run(new StoppableContext(context, stop), "dotnet", settings);
        stop.ThrowIfCancellationRequested();
        return output;
    }

    /// <summary>Publishes a project with its own settings.</summary>
    public void Publish(string project, Action<string>? now = null)
    {
        var (output, folder) = (new ToolOutput(now), Path.GetDirectoryName(project)!);
        using var compiler = new CompilerServer(folder);
        context.DotNetPublish(project, output.Capture(new DotNetPublishSettings
        {
            Configuration = Configuration,
            // the native compiler keeps most of what it allocates: with four times as much between collections, it takes a fifteenth less
            EnvironmentVariables = new Dictionary<string, string?>(ShortRuns) { ["DOTNET_GCgen0size"] = "10000000" },
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            ArgumentCustomization = arguments => With(compiler, arguments.Append(NoAnalyzers)),
        }));
        output.ThrowIfBuildFailed($"dotnet publish {Path.GetFileName(project)}", folder);
    }

    /// <summary>Publishes the programs of images for their platform; the runtime is part of the images.</summary>
    /// <param name="projects">An MSBuild file that publishes several projects.</param>
    /// <param name="output">Gets a folder for each of them, with the project's name.</param>
    public void PublishForImages(string projects, string output, ImagePlatform platform, Action<string>? now = null)
    {
        var (said, folder) = (new ToolOutput(now), Path.GetDirectoryName(projects)!);
        using var compiler = new CompilerServer(folder);
        context.DotNetPublish(projects, said.Capture(new DotNetPublishSettings
        {
            Configuration = Configuration,
            EnvironmentVariables = ShortRuns,
            Runtime = platform.Runtime,
            SelfContained = false,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            ArgumentCustomization = arguments => With(compiler, arguments
                .AppendQuoted($"-p:PublishRoot={output}")
                // they are built, except for another platform: a second process would take longer to start than it would save
                .Append("-m:1")
                .Append(NoAnalyzers)),
        }));
        said.ThrowIfBuildFailed($"dotnet publish {Path.GetFileName(projects)}", folder);
    }

    private static ProcessArgumentBuilder With(CompilerServer compiler, ProcessArgumentBuilder arguments) =>
        compiler.Arguments.Aggregate(arguments, (all, argument) => all.Append(argument));

    /// <summary>Runs the tests of an assembly. Failing tests are a result, not an exception.</summary>
    public ToolOutput Test(TestCommand command)
    {
        var output = new ToolOutput();
        var variables = new Dictionary<string, string?>(ShortRuns) { [EnvironmentVariables.RunningTests] = command.RunningTests };
        if (command.TemporaryFolder is { } folder)
            variables[EnvironmentVariables.TemporaryFolder] = folder;
        // its project would be evaluated first, which takes more than a second of processor time
        context.DotNetTest(command.Assembly, output.Capture(new DotNetTestSettings
        {
            EnvironmentVariables = variables,
            NoLogo = true,
            // with VSTest, the assembly is a positional argument
            PathType = DotNetTestPathType.None,
            Filter = command.Filter,
            Loggers = [$"trx;LogFileName={command.ReportName}"],
            ResultsDirectory = command.ResultsFolder,
        }));
        return output;
    }

    /// <summary>Finds what is not formatted according to .editorconfig. It restores first, because a runner starts empty, and analyzers are packages.</summary>
    public IReadOnlyList<Annotation> FormatProblems(string solution, IProgressStep step)
    {
        var output = new ToolOutput(step.Now);
        context.DotNetFormat(solution, output.Capture(new DotNetFormatSettings { VerifyNoChanges = true }));
        var problems = output.ExitCode == 0 ? [] : Slipway.Build.Tools.FormatProblems.In(output.Lines, Path.GetDirectoryName(solution)!);
        if (problems.Count == 0)
            output.ThrowIfFailed("dotnet format --verify-no-changes");
        else
            step.Fail();
        return problems;
    }
}

/// <param name="ReportName">The file name of the trx report in the folder of the results.</param>
/// <param name="RunningTests">The file in which the tests write which of them run.</param>
/// <param name="TemporaryFolder">Where the tests keep temporary files; null for where programs do by default.</param>
public sealed record TestCommand(string Assembly, string ResultsFolder, string ReportName, string RunningTests, string? Filter, string? TemporaryFolder = null);
