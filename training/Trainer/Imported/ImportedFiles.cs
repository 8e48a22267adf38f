namespace Slipway.Trainer.Imported;

/// <summary>An imported model, in the job's channel <c>outside</c>.</summary>
/// <param name="Onnx">Path of the ONNX file.</param>
/// <param name="Golden">Path of the golden predictions, in the format of <see cref="ImportedGolden"/>.</param>
public sealed record ImportedFiles(string Onnx, string Golden);
