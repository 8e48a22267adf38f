using System.Diagnostics;

namespace Slipway.EndToEnd.Tests;

/// <summary>
/// A tree of a test's own, which it may change while others run from this one: the files of this tree as they are, committed or not, its commit, and
/// what was built of them.
/// </summary>
internal static class OwnTree
{
    // what a person would have built before these targets run
    private static readonly string[] Built = ["training/Trainer", "inference/Server", "gateway/Proxy"];

    private static readonly string[] Outputs = ["bin", "obj", "artifacts", "TestResults", ".slipway"];

    public static string Copy(string folder)
    {
        var from = BuildHost.Repository;
        if (Path.Exists(Path.Combine(from, ".git")))
        {
            Git(Path.GetTempPath(), "clone", "--quiet", "--no-checkout", from, folder);
            foreach (var file in Git(from, "ls-files", "--cached", "--others", "--exclude-standard", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries))
                CopyFile(Path.Combine(from, file), Path.Combine(folder, file));
            Git(folder, "reset", "--quiet");
        }
        else
        {
            CopySources(from, folder);
        }

        foreach (var output in Built.Select(project => Path.Combine(project, "bin", BuildHost.Configuration)))
            CopyFolder(Path.Combine(from, output), Path.Combine(folder, output));
        // the host of these tests, and the one that build.sh starts, with the record that it is up to date
        CopyFolder(Path.GetDirectoryName(BuildHost.AssemblyIn(from))!, Path.GetDirectoryName(BuildHost.AssemblyIn(folder))!);
        CopyFolder(Path.GetDirectoryName(BuildHost.AssemblyIn(from, "Debug"))!, Path.GetDirectoryName(BuildHost.AssemblyIn(folder, "Debug"))!);
        foreach (var record in new[] { "standins.props", "built" })
            CopyFile(Path.Combine(from, "obj", record), Path.Combine(folder, "obj", record));
        return folder;
    }

    private static void CopySources(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
            CopyFile(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => !Outputs.Contains(Path.GetFileName(folder))))
            CopySources(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.Exists(from) ? Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories) : [])
            CopyFile(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    // a file that was deleted and not committed yet is still in git's list
    private static void CopyFile(string from, string to)
    {
        if (!File.Exists(from))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }

    private static string Git(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}");
        return output;
    }
}
