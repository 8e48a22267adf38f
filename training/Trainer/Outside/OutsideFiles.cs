namespace Slipway.Trainer;

/// <summary>A model made elsewhere, in the job's channel <c>outside</c>.</summary>
/// <param name="Onnx">Path of the ONNX file.</param>
/// <param name="Golden">Path of the golden answers, as <see cref="OutsideGolden"/> reads them.</param>
public sealed record OutsideFiles(string Onnx, string Golden);
