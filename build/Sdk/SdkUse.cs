using System.Security.Cryptography;
using System.Text;

namespace Slipway.Build.Sdk;

/// <summary>What the check depends on: every file that uses a listed package, says how it is had, or makes the packages that the check compares with.</summary>
/// <param name="root">The top of the checkout.</param>
/// <param name="files">All that belongs to the checkout, with slashes, from its top on.</param>
public sealed class SdkUse(string root, IReadOnlyList<string> files)
{
    /// <summary>Holds the hash of the files with which the check passed last.</summary>
    public const string Record = "build/StandIns/checked.sha256";

    private static readonly string[] Folders = ["StandIns", "Sdk"];
    private static readonly string[] ProjectFiles = [".csproj", ".props", ".targets"];
    private static readonly string[] Words = [.. SdkService.All.Select(service => $"Amazon.{service.Name}"), $"Category(\"{SdkCheck.Category}\")"];

    /// <summary>The hash that is recorded; null when there is none.</summary>
    public string? Recorded => File.Exists(RecordPath) ? File.ReadAllText(RecordPath).Trim() : null;

    public string Hash()
    {
        var lines = new StringBuilder();
        foreach (var file in files.Where(file => file != Record && File.Exists(At(file))).Order(StringComparer.Ordinal))
        {
            // a checkout on Windows may end its lines in another way
            var text = File.ReadAllText(At(file)).ReplaceLineEndings("\n");
            if (Uses(file, text))
                lines.Append(file).Append(' ').Append(Sha256(text)).Append('\n');
        }

        return Sha256(lines.ToString());
    }

    public void Write(string hash) => File.WriteAllText(RecordPath, $"{hash}\n");

    public static bool Uses(string file, string text) =>
        file.Split('/')[..^1].Intersect(Folders).Any()
        // uses what clients return, often without naming a package
        || file.Contains("Aws", StringComparison.Ordinal)
        || ProjectFiles.Contains(Path.GetExtension(file))
        || (Path.GetExtension(file) == ".cs" && Words.Any(word => text.Contains(word, StringComparison.Ordinal)));

    private string RecordPath => At(Record);

    private string At(string file) => Path.Combine(root, file);

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
