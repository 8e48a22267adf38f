namespace Slipway.Registry.Artifacts;

/// <summary>
/// What must be known of an ONNX file before it is loaded. Weights may live in other files that the model names by path; ONNX Runtime follows
/// such a path out of the model's folder through a hard link. No model of ours needs that, so any mention is refused.
/// The file is walked in the protobuf wire format, without building it in memory.
/// </summary>
public static class OnnxFile
{
    /// <exception cref="InvalidArtifactException">The file mentions external data, or is no complete ONNX model.</exception>
    public static void RejectExternalData(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        if (!OnnxWalker.FindGraph(file))
            throw new InvalidArtifactException($"'{Path.GetFileName(path)}' is no ONNX model: it has no graph.");
    }
}
