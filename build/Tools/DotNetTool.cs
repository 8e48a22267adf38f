using System.Globalization;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Common.Tools.DotNet.Format;
using Cake.Common.Tools.DotNet.Test;
using Cake.Core;

namespace Slipway.Build;

/// <summary>The .NET SDK: everything in Release, quiet unless it fails.</summary>
public sealed class DotNetTool(ICakeContext context)
{
    public const string Configuration = "Release";

    /// <param name="project">A solution or a project.</param>
    /// <param name="now">Hears every line as it is printed.</param>
    public void Build(string project, Action<string>? now = null)
    {
        var output = new ToolOutput(now);
        context.DotNetBuild(project, output.Capture(new DotNetBuildSettings
        {
            Configuration = Configuration,
            NoLogo = true,
            Verbosity = DotNetVerbosity.Minimal,
            // the summary says every error a second time
            ArgumentCustomization = arguments => arguments.Append("-clp:NoSummary"),
        }));
        output.ThrowIfFailed($"dotnet build {Path.GetFileName(project)}");
    }

    /// <summary>Runs the tests of a project that is built already. That tests fail is a result, not an exception.</summary>
    public ToolOutput Test(TestCommand command, Action<string>? now = null)
    {
        var output = new ToolOutput(now);
        context.DotNetTest(command.Project, output.Capture(new DotNetTestSettings
        {
            Configuration = Configuration,
            NoBuild = true,
            NoLogo = true,
            // with VSTest the project is a bare argument
            PathType = DotNetTestPathType.None,
            Filter = command.Filter,
            Loggers = [$"trx;LogFileName={command.ReportName}"],
            ResultsDirectory = command.ResultsFolder,
            ArgumentCustomization = arguments => arguments
                .Append("--blame-hang-timeout")
                .Append(string.Create(CultureInfo.InvariantCulture, $"{command.HangTimeout.TotalMilliseconds:0}ms"))
                .Append("--blame-hang-dump-type")
                .Append("none"),
        }));
        return output;
    }

    /// <summary>Fails where a file is not formatted as .editorconfig says.</summary>
    public void VerifyFormat(string solution, Action<string>? now = null)
    {
        var output = new ToolOutput(now);
        context.DotNetFormat(solution, output.Capture(new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true }));
        output.ThrowIfFailed("dotnet format --verify-no-changes");
    }
}

/// <param name="ReportName">The file name of the trx report in the folder of the results.</param>
/// <param name="HangTimeout">A test that says nothing for this long ends the run of the project.</param>
public sealed record TestCommand(string Project, string ResultsFolder, string ReportName, TimeSpan HangTimeout, string? Filter);
