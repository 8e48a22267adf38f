namespace Slipway.Registry.Artifacts;

/// <summary>
/// What must be checked in an ONNX file before it is loaded. Weights may be in other files that the model refers to by path; ONNX Runtime follows
/// such a path out of the model's folder through a hard link. None of our models needs that, so any external data is rejected.
/// The file is parsed in the protobuf wire format, without building it in memory.
/// </summary>
public static class OnnxFile
{
    /// <exception cref="InvalidArtifactException">The file refers to external data, or is not a complete ONNX model.</exception>
    public static void RejectExternalData(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        if (!OnnxWalker.FindGraph(file))
            throw new InvalidArtifactException($"'{Path.GetFileName(path)}' is not an ONNX model: it has no graph.");
    }

    /// <summary>How many bytes of an ONNX file are weights. The rest, such as the attributes that trees consist of, takes several times its size in memory.</summary>
    public static long WeightBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024);
        return OnnxWalker.WeightBytes(file);
    }
}
