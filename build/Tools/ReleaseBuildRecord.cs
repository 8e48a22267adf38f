using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Tools;

/// <summary>
/// The inputs and outputs of a release build. With the same sources, and with unmodified outputs, there is nothing to build;
/// MSBuild takes seconds to find that out.
/// </summary>
/// <param name="commit">The commit that is checked out, because assemblies contain it; null outside a checkout.</param>
public sealed class ReleaseBuildRecord(Paths paths, string? commit)
{
    // more than the projects refer to is only built once too often
    private static readonly string[] Folders = ["training", "inference", "gateway", "build/StandIns"];
    private static readonly string[] Files =
        ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "global.json", "nuget.config", "Slipway.Release.slnf", "obj/standins.props"];

    private static readonly string[] NoSources = ["bin", "obj"];

    private string RecordFile => paths.FromRoot("obj/release-built");

    /// <summary>The hash of everything that determines the output.</summary>
    public string Sources()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{commit} {EnvironmentVariables.Value(EnvironmentVariables.StandIns)}\n"));
        foreach (var file in Folders.SelectMany(folder => SourcesIn(paths.FromRoot(folder))).Concat(Files.Select(paths.FromRoot)).Where(File.Exists).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{paths.Relative(file)}\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether these sources were built, and all outputs still exist.</summary>
    public bool Holds(string sources) => File.Exists(RecordFile) && File.ReadAllText(RecordFile) == Entry(sources);

    public void Write(string sources)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(RecordFile)!);
        File.WriteAllText(RecordFile, Entry(sources));
    }

    private IEnumerable<string> SourcesIn(string folder) => !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder).Where(IsSource)
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !NoSources.Contains(Path.GetFileName(inner))).SelectMany(SourcesIn));

    // of a model's folder only own trainers are in an assembly; what describes a model and its data change from day to day
    private bool IsSource(string file) => Path.GetExtension(file) == ".cs" || !file.StartsWith(paths.Models + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string Entry(string sources)
    {
        var outputs = new StringBuilder();
        foreach (var info in Outputs().Order(StringComparer.Ordinal).Select(file => new FileInfo(file)))
            outputs.Append(CultureInfo.InvariantCulture, $"{paths.Relative(info.FullName)} {info.Length} {info.LastWriteTimeUtc.Ticks}\n");

        return $"{sources} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(outputs.ToString())))}\n";
    }

    private IEnumerable<string> Outputs()
    {
        using var filter = JsonDocument.Parse(File.ReadAllBytes(paths.Release));
        var projects = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(project => project.GetString()!).ToList();
        return projects.Select(project => paths.FromRoot(Path.Combine(Path.GetDirectoryName(project)!, "bin", DotNetTool.Configuration)))
            .SelectMany(output => Directory.Exists(output) ? Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories) : []);
    }
}
