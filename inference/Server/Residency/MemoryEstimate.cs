using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;

namespace Slipway.Inference.Residency;

/// <summary>
/// How much memory a version takes, from the sizes of its files. Pure. Measured with ONNX Runtime 1.31 on glibc: weights stay as they are in the file (1.0 to 1.3 times),
/// while nodes and attributes are parsed into objects. A tree ensemble, which consists of attributes, stays at 4.5 to 6.4 times its file, and takes 13 to 15 times
/// while it is loaded.
/// </summary>
/// <param name="Resident">Bytes while it is loaded.</param>
/// <param name="Peak">Bytes while it is being loaded and verified.</param>
public readonly record struct MemoryEstimate(long Resident, long Peak)
{
    private const long Mebibyte = 1 << 20;

    /// <param name="onnxBytes">Size of <c>model.onnx</c>.</param>
    /// <param name="weightBytes">How much of it are weights.</param>
    /// <param name="goldenBytes">Size of <c>golden.json</c>, whose rows are in memory during verification.</param>
    public static MemoryEstimate Of(long onnxBytes, long weightBytes, long goldenBytes)
    {
        var parsed = onnxBytes - weightBytes;
        return new(Mebibyte / 2 + weightBytes * 5 / 4 + parsed * 13 / 2, 4 * Mebibyte + weightBytes * 2 + parsed * 16 + goldenBytes * 8);
    }

    /// <summary>
    /// What a compiled version takes while it is loaded: ONNX Runtime's session is gone. While it is compiled, both are in memory, with the file and its lists: less than
    /// the peak of creating the session, which is over by then.
    /// </summary>
    public static long OfCompiled(long bytes) => Mebibyte / 2 + bytes;

    /// <summary>What a version takes at least, before its archive was downloaded.</summary>
    /// <param name="onDisk">Whether the archive is unpacked to a disk; false for a file system in memory, where its files count too.</param>
    public static MemoryEstimate AtLeast(ModelManifest manifest, bool onDisk)
    {
        var onnx = Math.Max(0, manifest.Metrics.OnnxBytes);
        return new(onnx, onnx + (onDisk ? 0 : manifest.Artifact.Length + onnx));
    }

    /// <param name="folder">An unpacked archive.</param>
    public static MemoryEstimate OfFolder(string folder)
    {
        var onnx = Path.Combine(folder, ArtifactFiles.Onnx);
        var golden = new FileInfo(Path.Combine(folder, ArtifactFiles.Golden));
        return Of(new FileInfo(onnx).Length, OnnxFile.WeightBytes(onnx), golden.Exists ? golden.Length : 0);
    }
}
