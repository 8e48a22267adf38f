namespace Slipway.Inference.Protocol;

/// <summary>Names of the binary tensor data extension.</summary>
public static class BinaryTensors
{
    public const string Extension = "binary_tensor_data";
    public const string HeaderLength = "Inference-Header-Content-Length";
}
