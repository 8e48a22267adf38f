namespace Slipway.Build.Environments.Infra;

/// <summary>
/// Finds Terraform's AWS provider in a mirror on this machine, without access to its registry. Terraform
/// itself only searches its own folders.
/// </summary>
public static class TerraformProviders
{
    public const string InstallHint =
        "Terraform's AWS provider is not available on this machine. Go online; or create a mirror on a machine with access to the registry (terraform providers mirror <folder>, in infra/environments) " +
        "and set TF_CLI_ARGS_init=-plugin-dir=<folder>";

    private const string Provider = "registry.terraform.io/hashicorp/aws";

    // levels below the root of the file system: searching everything would take minutes
    private const int Depth = 2;
    private const int MaxFolders = 20_000;

    /// <summary>Whether Terraform failed because it found no provider.</summary>
    public static bool AreMissing(IEnumerable<string> said) => said.Any(line => line.Contains("Failed to query available provider packages", StringComparison.Ordinal));

    /// <summary>The folder for <c>-plugin-dir</c>; null if the user has configured one, or if there is none.</summary>
    /// <param name="variable">The value of an environment variable, if it is set.</param>
    /// <param name="top">Where the search starts.</param>
    public static string? Mirror(Func<string, string?> variable, string top)
    {
        if (variable("TF_CLI_ARGS_init") is not null || variable("TF_CLI_ARGS") is not null || File.Exists(variable("TF_CLI_CONFIG_FILE")))
            return null;
        return Known(variable, top).Concat(Near(top)).FirstOrDefault(folder => Directory.Exists(Path.Combine(folder, Provider)));
    }

    private static IEnumerable<string> Known(Func<string, string?> variable, string top)
    {
        if (variable("TF_PLUGIN_CACHE_DIR") is { } cache)
            yield return cache;
        if (variable("HOME") is { } home)
        {
            yield return Path.Combine(home, ".terraform.d", "plugins");
            yield return Path.Combine(home, ".terraform.d", "plugin-cache");
            yield return Path.Combine(variable("XDG_DATA_HOME") ?? Path.Combine(home, ".local", "share"), "terraform", "plugins");
        }

        if (variable("APPDATA") is { } settings)
            yield return Path.Combine(settings, "terraform.d", "plugins");
        yield return Path.Combine(top, "usr", "local", "share", "terraform", "plugins");
        yield return Path.Combine(top, "usr", "share", "terraform", "plugins");
    }

    private static IEnumerable<string> Near(string top)
    {
        var known = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.System };
        var level = new List<string> { top };
        for (var depth = 0; depth <= Depth; depth++)
        {
            foreach (var folder in level)
                yield return folder;
            level = [.. level.Where(folder => folder is not ("/proc" or "/sys" or "/dev")).SelectMany(folder => Directory.EnumerateDirectories(folder, "*", known)).Take(MaxFolders)];
        }
    }
}
