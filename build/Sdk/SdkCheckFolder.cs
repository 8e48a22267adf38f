using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Sdk;

/// <summary>The working folder of the check: its packages, a copy of the tree, and a separate NuGet cache. It is kept, so that the next check compiles only what changed.</summary>
public sealed class SdkCheckFolder(string root)
{
    /// <summary>The generated packages, with their sources.</summary>
    public string Packages => Path.Combine(root, "packages");

    public string Tree => Path.Combine(root, "tree");

    /// <summary>Links to all packages in the user's own cache, and the generated packages.</summary>
    public string Cache => Path.Combine(root, "cache");

    /// <summary>Updates the copy to the state of this tree, and deletes the generated packages of the previous check.</summary>
    /// <param name="files">Relative to the repository's root.</param>
    /// <param name="feed">The source of the generated packages.</param>
    /// <param name="standIns">The packages that this build has stand-ins for, except those that are generated.</param>
    public void Fill(Paths paths, IReadOnlyList<string> files, string feed, IEnumerable<string> standIns)
    {
        Directory.CreateDirectory(root);
        Copy(paths, files);
        Answer(standIns);
        LinkPackages();
        File.WriteAllText(Path.Combine(root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="surface" value="{System.Security.SecurityElement.Escape(feed)}" />
              </packageSources>
            </configuration>

            """);
    }

    private void Copy(Paths paths, IReadOnlyList<string> files)
    {
        var wanted = files.Where(file => File.Exists(Path.Combine(paths.Root, file))).ToHashSet(StringComparer.Ordinal);
        foreach (var file in wanted)
            CopyIfChanged(Path.Combine(paths.Root, file), Path.Combine(Tree, file));
        var list = Path.Combine(root, "files");
        foreach (var gone in (File.Exists(list) ? File.ReadAllLines(list) : []).Where(file => !wanted.Contains(file)))
            File.Delete(Path.Combine(Tree, gone));
        File.WriteAllLines(list, wanted);
    }

    // the result for Cake, as build.sh would write it
    private void Answer(IEnumerable<string> standIns)
    {
        var answer = new Paths(Tree, Tree).StandInsAnswer;
        Directory.CreateDirectory(Path.GetDirectoryName(answer)!);
        File.WriteAllText(answer, $"<Project>\n  <PropertyGroup>\n    <StandInPackages>{string.Join(';', standIns)}</StandInPackages>\n  </PropertyGroup>\n</Project>\n");
    }

    private void LinkPackages()
    {
        if (Directory.Exists(Cache))
            Directory.Delete(Cache, recursive: true);
        Directory.CreateDirectory(Cache);
        var own = SdkService.All.Select(service => service.Package).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var package in Directory.Exists(PersonsCache) ? Directory.EnumerateDirectories(PersonsCache) : [])
        {
            if (!own.Contains(Path.GetFileName(package)))
                Directory.CreateSymbolicLink(Path.Combine(Cache, Path.GetFileName(package)), package);
        }
    }

    private static string PersonsCache => EnvironmentVariables.Value(EnvironmentVariables.NuGetPackages)
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static void CopyIfChanged(string from, string to)
    {
        // a file with a new timestamp is compiled again
        if (File.Exists(to) && File.ReadAllBytes(from).AsSpan().SequenceEqual(File.ReadAllBytes(to)))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
