using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Trainer.Imported;

namespace Slipway.Trainer.Job;

/// <summary>
/// The folder that SageMaker gives a training container (<c>/opt/ml</c>), or any folder with the same layout.
/// Its input may be read-only.
/// </summary>
public sealed class JobFolder(string root)
{
    public const string Default = "/opt/ml";

    private const int MaxNamed = 20;

    public string Config(string file) => Path.Combine(root, "input", "config", file);

    public string Output(string file) => Path.Combine(root, "model", file);

    /// <summary>SageMaker keeps the folders of a prefix; files that editors and file systems leave behind begin with a dot.</summary>
    /// <exception cref="SlipwayException">There is not exactly one.</exception>
    public string Dataset()
    {
        var folder = Path.Combine(root, "input", "data", "training");
        string[] files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Where(IsVisible).Order(StringComparer.Ordinal)]
            : [];
        string[] csv = [.. files.Where(file => Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase))];
        return csv.Length == 1
            ? Path.Combine(folder, csv[0])
            : throw new SlipwayException(
                $"The channel 'training' ({folder}) must contain exactly one CSV file, but contains {csv.Length}" +
                (files.Length == 0 ? " and nothing else." : $": {string.Join(", ", files.Take(MaxNamed))}{(files.Length > MaxNamed ? $" and {files.Length - MaxNamed} more" : "")}."));
    }

    private static bool IsVisible(string path) => !path.Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));

    public byte[] Spec()
    {
        var path = Path.Combine(root, "input", "data", "spec", ArtifactFiles.Spec);
        return File.Exists(path) ? File.ReadAllBytes(path) : throw new SlipwayException($"The channel 'spec' contains no {ArtifactFiles.Spec} ({path}).");
    }

    /// <summary>The champion's ONNX file, or null if the job has none to compare with.</summary>
    public string? Champion()
    {
        var path = Path.Combine(root, "input", "data", "champion", ArtifactFiles.Onnx);
        return File.Exists(path) ? path : null;
    }

    /// <summary>An ONNX file that was trained elsewhere and its golden predictions; null if a trainer is to train the model.</summary>
    /// <exception cref="SlipwayException">One of the two is missing.</exception>
    public ImportedFiles? Imported()
    {
        var channel = Path.Combine(root, "input", "data", ImportedReference.Channel);
        if (!Directory.Exists(channel))
            return null;
        var files = new ImportedFiles(Path.Combine(channel, ArtifactFiles.Onnx), Path.Combine(channel, ArtifactFiles.Golden));
        foreach (var file in new[] { files.Onnx, files.Golden })
            if (!File.Exists(file))
                throw new SlipwayException($"The channel '{ImportedReference.Channel}' contains no {Path.GetFileName(file)} ({file}).");
        return files;
    }

    /// <summary>All or nothing: if one file cannot be written, none is kept.</summary>
    public void WriteArtifact(IReadOnlyDictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(Path.Combine(root, "model"));
        try
        {
            foreach (var (file, content) in files)
                File.WriteAllBytes(Output(file), content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            RemoveArtifact(files.Keys);
            throw new SlipwayException($"The model could not be written to {Path.Combine(root, "model")}: {e.Message}", e);
        }
    }

    public void RemoveArtifact(IEnumerable<string> files)
    {
        foreach (var path in files.Select(Output).Where(File.Exists))
            File.Delete(path);
    }

    /// <summary>SageMaker shows the first 1024 characters as the job's FailureReason.</summary>
    public void WriteFailure(string reason)
    {
        Directory.CreateDirectory(Path.Combine(root, "output"));
        File.WriteAllText(Path.Combine(root, "output", "failure"), reason);
    }
}
