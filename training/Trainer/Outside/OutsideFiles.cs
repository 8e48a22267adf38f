namespace Slipway.Trainer.Outside;

/// <summary>An imported model, in the job's channel <c>outside</c>.</summary>
/// <param name="Onnx">Path of the ONNX file.</param>
/// <param name="Golden">Path of the golden predictions, in the format of <see cref="OutsideGolden"/>.</param>
public sealed record OutsideFiles(string Onnx, string Golden);
