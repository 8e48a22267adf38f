using Cake.Core;
using Cake.Core.IO;
using Slipway.Build.Tools;
using Slipway.Registry;
using Path = System.IO.Path;

namespace Slipway.Build.Images.Scanning.NuGet;

/// <summary>Asks NuGet which packages are known to be vulnerable, and whether anybody knows.</summary>
public sealed class NuGetTool(ICakeContext context, CancellationToken stop)
{
    /// <param name="solution">Whose projects are audited.</param>
    /// <param name="source">The feed to ask; null asks those that packages come from.</param>
    /// <exception cref="SlipwayException">The SDK gave no answer, for a reason that is not a feed's.</exception>
    public NuGetAudit Audit(string solution, string? source)
    {
        var sources = source is not null ? [source] : AuditSources.Enabled(Listed(solution));
        if (sources.Count == 0)
            return NuGetAudit.Unanswered(sources, "NuGet has no feed here that could know of vulnerabilities.");

        // what images are made of is restored already, the rest of the solution may not be; a finding is to be told below, not to end this
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
            return NuGetAudit.Unanswered(sources, $"A feed did not answer: {said} (a password goes into the variable NuGetPackageSourceCredentials_{AuditSources.Name(0)}).");
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
            // its words are read
            EnvironmentVariables = new Dictionary<string, string?> { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "true" },
        });
        stop.ThrowIfCancellationRequested();
        return output;
    }
}
