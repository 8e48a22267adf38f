using System.Security.Cryptography;
using System.Text;

namespace Slipway.Build.Sdk;

/// <summary>The files that the check depends on: those that use a listed package, define how it is obtained, or generate the packages that the check compares with.</summary>
/// <param name="root">The root of the checkout.</param>
/// <param name="files">All files of the checkout, relative to its root, with slashes.</param>
public sealed class SdkUse(string root, IReadOnlyList<string> files)
{
    /// <summary>The file with the hash of the files with which the check last passed.</summary>
    public const string Record = "build/StandIns/checked.sha256";

    private static readonly string[] Folders = ["StandIns", "Sdk"];
    private static readonly string[] ProjectFiles = [".csproj", ".props", ".targets"];
    private static readonly string[] Words = [.. SdkService.All.Select(service => $"Amazon.{service.Name}"), $"Category(\"{SdkCheck.Category}\")"];

    /// <summary>The recorded hash; null if there is none.</summary>
    public string? Recorded => File.Exists(RecordPath) ? File.ReadAllText(RecordPath).Trim() : null;

    public string Hash()
    {
        var lines = new StringBuilder();
        foreach (var file in files.Where(file => file != Record && File.Exists(At(file))).Order(StringComparer.Ordinal))
        {
            // line endings of a checkout on Windows may differ
            var text = File.ReadAllText(At(file)).ReplaceLineEndings("\n");
            if (Uses(file, text))
                lines.Append(file).Append(' ').Append(Sha256(text)).Append('\n');
        }

        return Sha256(lines.ToString());
    }

    public void Write(string hash) => File.WriteAllText(RecordPath, $"{hash}\n");

    public static bool Uses(string file, string text) =>
        file.Split('/')[..^1].Intersect(Folders).Any()
        // uses what clients return, often without a reference to a package
        || file.Contains("Aws", StringComparison.Ordinal)
        || ProjectFiles.Contains(Path.GetExtension(file))
        || (Path.GetExtension(file) == ".cs" && Words.Any(word => text.Contains(word, StringComparison.Ordinal)));

    private string RecordPath => At(Record);

    private string At(string file) => Path.Combine(root, file);

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
