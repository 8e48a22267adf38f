using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Tools;
using Slipway.Registry;
using Path = System.IO.Path;

namespace Slipway.Build.Images.Scanning.NuGet;

/// <summary>Queries NuGet for packages with known vulnerabilities, and whether the feeds have vulnerability data.</summary>
public sealed class NuGetTool(ICakeContext context, CancellationToken stop)
{
    /// <param name="solution">The solution whose projects are audited.</param>
    /// <param name="source">The feed to query; null for the feeds that packages come from.</param>
    /// <exception cref="SlipwayException">The SDK failed, for a reason other than a feed.</exception>
    public NuGetAudit Audit(string solution, string? source)
    {
        var sources = source is not null ? [source] : AuditSources.Enabled(Listed(solution));
        if (sources.Count == 0)
            return NuGetAudit.Unanswered(sources, "No package feed with vulnerability data is configured.");

        // the projects in images are restored already, but the rest of the solution may not be; findings are reported below and must not fail the restore
        Run(solution, "restore", solution, "-p:NuGetAudit=false").ThrowIfBuildFailed("dotnet restore", Path.GetDirectoryName(solution)!);
        var folder = Directory.CreateTempSubdirectory("slipway-audit-");
        try
        {
            var configuration = Path.Combine(folder.FullName, "nuget.config");
            AuditSources.Write(configuration, sources);
            return Audit(solution, configuration, sources);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private NuGetAudit Audit(string solution, string configuration, IReadOnlyList<string> sources)
    {
        var output = Run(solution, "list", solution, "package", "--vulnerable", "--include-transitive", "--format", "json", "--no-restore", "--config", configuration);
        if (output.ExitCode == 0)
            return NuGetAuditReport.Read(output.Lines, sources);
        var said = string.Join(' ', output.Lines.Select(line => line.Trim()));
        if (said.Contains("Unable to load the service index", StringComparison.Ordinal))
            return NuGetAudit.Unanswered(sources, $"A feed did not respond: {said} (set its password in the variable NuGetPackageSourceCredentials_{AuditSources.Name(0)}).");
        output.ThrowIfFailed("dotnet list package --vulnerable");
        throw new InvalidOperationException("a failed tool throws");
    }

    private IReadOnlyList<string> Listed(string solution)
    {
        var output = Run(solution, "nuget", "list", "source", "--format", "short");
        output.ThrowIfFailed("dotnet nuget list source");
        return output.Lines;
    }

    private ToolOutput Run(string solution, params string[] arguments)
    {
        var builder = new ProcessArgumentBuilder();
        foreach (var argument in arguments)
            builder.AppendQuoted(argument);
        var output = new ToolOutput().Run(new StoppableContext(context, stop), "dotnet", new ProcessSettings
        {
            Arguments = builder,
            WorkingDirectory = Path.GetDirectoryName(solution)!,
            // the output is parsed
            EnvironmentVariables = new Dictionary<string, string?> { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "true" },
        });
        stop.ThrowIfCancellationRequested();
        return output;
    }
}
