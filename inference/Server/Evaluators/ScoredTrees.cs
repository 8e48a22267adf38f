namespace Slipway.Inference.Evaluators;

/// <summary>Trees whose values are added up to one output, in the order of the file.</summary>
/// <param name="Target">The output.</param>
/// <param name="First">The first tree.</param>
/// <param name="End">The tree after the last.</param>
/// <param name="Base">Added at the end.</param>
public readonly record struct ScoredTrees(int Target, int First, int End, float Base);
