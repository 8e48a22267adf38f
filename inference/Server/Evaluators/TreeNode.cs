using System.Runtime.InteropServices;

namespace Slipway.Inference.Evaluators;

/// <summary>One node of a tree in an array, in which the two children of a node are neighbors: first the one for a value above the threshold.</summary>
/// <param name="Threshold">Not a number for a leaf, which no value is below.</param>
/// <param name="Step">How far the first child is from this node; 0 for a leaf, which is therefore its own successor.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct TreeNode(float Threshold, ushort Feature, ushort Step)
{
    public bool IsLeaf => Step == 0;
}

/// <summary>One split, for many rows at once.</summary>
/// <param name="Mask">The leaves that remain for a value above the threshold, one bit each.</param>
/// <param name="Column">The position of its feature among those that the trees use.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct MaskedSplit(float Threshold, int Mask, int Column);
