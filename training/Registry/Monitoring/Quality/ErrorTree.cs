namespace Slipway.Registry.Monitoring.Quality;

/// <summary>
/// A small regression tree that estimates how wrong a prediction is, from the encoded features and the prediction itself, which is the feature after the last.
/// </summary>
/// <param name="Nodes">The root first; a node comes before its children.</param>
public sealed record ErrorTree(IReadOnlyList<ErrorNode> Nodes)
{
    /// <param name="features">Encoded; null if the log does not have them: then the node's own errors are the estimate.</param>
    public ErrorNode Find(ReadOnlySpan<float> features, float prediction)
    {
        var node = Nodes[0];
        // a child has a higher number, so that this ends, whatever the table contains
        for (var at = 0; node.Feature is { } feature;)
        {
            if (feature > features.Length)
                return node;
            var next = (feature == features.Length ? prediction : features[feature]) <= node.Threshold ? node.Left : node.Right;
            if (next <= at || next >= Nodes.Count)
                return node;
            (at, node) = (next, Nodes[next]);
        }

        return node;
    }
}

/// <param name="Feature">Null for a leaf.</param>
/// <param name="Threshold">Up to it, the left child follows.</param>
/// <param name="Absolute">The mean absolute error of the rows in this node.</param>
/// <param name="Square">Their mean squared error.</param>
public sealed record ErrorNode(double Absolute, double Square, int? Feature = null, float Threshold = 0, int Left = 0, int Right = 0);
