using Slipway.Registry.Models;

namespace Slipway.Benchmarks.Models;

/// <summary>A version that requests are sent to, and that peers get a copy of.</summary>
/// <param name="Kind">What it is, in words for a heading; null for the model that the benchmark is about.</param>
/// <param name="Onnx">The path of its file.</param>
public sealed record ComparedModel(string Name, string? Kind, ModelSchema Schema, GoldenSet Golden, string Onnx);
