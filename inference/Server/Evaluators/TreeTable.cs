using Slipway.Inference.Evaluators.Onnx;

namespace Slipway.Inference.Evaluators;

/// <summary>
/// The parallel lists of a <c>TreeEnsembleRegressor</c> (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html) as trees. What the operator allows
/// beyond sums over trees with one kind of comparison is not supported.
/// </summary>
public sealed class TreeTable
{
    private readonly List<long> _trees, _ids, _features, _whenTrue, _whenFalse;
    private readonly List<float> _thresholds;
    private readonly List<string> _modes;
    private readonly Dictionary<(long Tree, long Node), (int Target, float Value)> _leaves = [];

    /// <exception cref="NotCompiledException">It is not supported.</exception>
    public TreeTable(GraphOperator trees)
    {
        foreach (var name in trees.Attributes.Keys)
            if (!Known.Contains(name))
                throw new NotCompiledException($"its trees have the attribute '{name}'");
        if (Attribute(trees, "aggregate_function") is { Text: not "SUM" } || Attribute(trees, "post_transform") is { Text: not "NONE" })
            throw new NotCompiledException("its trees are not added up, or their sum is transformed");
        if (Attribute(trees, "nodes_missing_value_tracks_true")?.Numbers.Exists(tracks => tracks != 0) == true)
            throw new NotCompiledException("its trees have splits that a missing value passes");

        (_trees, _ids, _features) = (Numbers(trees, "nodes_treeids"), Numbers(trees, "nodes_nodeids"), Numbers(trees, "nodes_featureids"));
        (_whenTrue, _whenFalse) = (Numbers(trees, "nodes_truenodeids"), Numbers(trees, "nodes_falsenodeids"));
        _thresholds = Attribute(trees, "nodes_values")?.Floats ?? [];
        _modes = Attribute(trees, "nodes_modes")?.Texts ?? [];
        Targets = (int)Math.Max(1, Attribute(trees, "n_targets")?.Number ?? 1);
        Base = Attribute(trees, "base_values")?.Floats ?? [];
        if (new[] { _ids.Count, _features.Count, _whenTrue.Count, _whenFalse.Count, _thresholds.Count, _modes.Count }.Any(count => count != _trees.Count) || _trees.Count == 0)
            throw new NotCompiledException("the lists of its trees differ in length");
        if (Base.Count != 0 && Base.Count != Targets)
            throw new NotCompiledException("it has another number of base values than of outputs");
        ReadLeaves(trees);
    }

    public int Targets { get; }

    public IReadOnlyList<float> Base { get; }

    private static HashSet<string> Known { get; } = new(StringComparer.Ordinal)
    {
        "n_targets", "aggregate_function", "post_transform", "base_values", "nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes",
        "nodes_truenodeids", "nodes_falsenodeids", "nodes_missing_value_tracks_true", "nodes_hitrates", "target_treeids", "target_nodeids", "target_ids", "target_weights",
    };

    /// <summary>Each tree with the position of its first node in the lists, and of the node after its last.</summary>
    public IEnumerable<(int First, int End)> Trees()
    {
        var seen = new HashSet<long>();
        for (int first = 0, end; first < _trees.Count; first = end)
        {
            for (end = first + 1; end < _trees.Count && _trees[end] == _trees[first];)
                end++;
            if (!seen.Add(_trees[first]))
                throw new NotCompiledException($"the nodes of its tree {_trees[first]} are not listed together");
            yield return (first, end);
        }
    }

    /// <summary>Reads the nodes between two positions as a tree, whose root comes first.</summary>
    public ParsedTree Tree(int first, int end)
    {
        var positions = new Dictionary<long, int>(end - first);
        for (var i = first; i < end; i++)
            if (!positions.TryAdd(_ids[i], i))
                throw new NotCompiledException($"its tree {_trees[first]} has two nodes {_ids[i]}");

        var visited = new bool[end - first];
        var target = -1;
        var root = Node(first);
        return Array.TrueForAll(visited, seen => seen) ? new(root, Math.Max(0, target)) : throw new NotCompiledException($"its tree {_trees[first]} has nodes that are not part of it");

        ParsedNode Node(int root)
        {
            // not recursive: a tree may be as deep as it has nodes
            var top = new ParsedNode();
            var open = new Stack<(ParsedNode Node, int At)>([(top, root)]);
            while (open.TryPop(out var next))
            {
                var (node, at) = next;
                if (visited[at - first])
                    throw new NotCompiledException($"a node of its tree {_trees[first]} has two parents");
                visited[at - first] = true;
                if (_modes[at] == "LEAF")
                {
                    var leaf = _leaves.GetValueOrDefault((_trees[at], _ids[at]), (target < 0 ? 0 : target, 0));
                    if (target >= 0 && leaf.Target != target)
                        throw new NotCompiledException($"its tree {_trees[first]} has leaves for several outputs");
                    (target, node.Value) = leaf;
                    continue;
                }

                (node.Feature, node.Threshold) = (_features[at], Threshold(at));
                (node.WhenTrue, node.WhenFalse) = (new(), new());
                open.Push((node.WhenTrue, Child(_whenTrue[at])));
                open.Push((node.WhenFalse, Child(_whenFalse[at])));
            }

            return top;
        }

        int Child(long id) => positions.TryGetValue(id, out var at) ? at : throw new NotCompiledException($"its tree {_trees[first]} refers to a node that it does not have");
    }

    // x < t is x <= the number before t
    private float Threshold(int at) => (_modes[at], _thresholds[at]) switch
    {
        (_, float.NaN) => throw new NotCompiledException("a threshold is not a number"),
        ("BRANCH_LEQ", var threshold) => threshold,
        ("BRANCH_LT", > float.NegativeInfinity and var threshold) => MathF.BitDecrement(threshold),
        var (mode, threshold) => throw new NotCompiledException(FormattableString.Invariant($"its trees have a split {mode} {threshold}")),
    };

    private void ReadLeaves(GraphOperator operation)
    {
        var (trees, ids, targets) = (Numbers(operation, "target_treeids"), Numbers(operation, "target_nodeids"), Numbers(operation, "target_ids"));
        var values = Attribute(operation, "target_weights")?.Floats ?? [];
        if (ids.Count != trees.Count || targets.Count != trees.Count || values.Count != trees.Count)
            throw new NotCompiledException("the lists of its leaves differ in length");
        for (var i = 0; i < trees.Count; i++)
            if (targets[i] < 0 || targets[i] >= Targets || !_leaves.TryAdd((trees[i], ids[i]), ((int)targets[i], values[i])))
                throw new NotCompiledException("a leaf has several values, or one for an output that does not exist");
    }

    private static GraphAttribute? Attribute(GraphOperator trees, string name) => trees.Attributes.GetValueOrDefault(name);

    private static List<long> Numbers(GraphOperator trees, string name) => Attribute(trees, name)?.Numbers ?? [];
}

/// <param name="Target">The output that its leaves are for.</param>
public sealed record ParsedTree(ParsedNode Root, int Target);

/// <summary>A node as an object, while trees are compiled.</summary>
public sealed class ParsedNode
{
    public long Feature { get; set; }
    public float Threshold { get; set; }
    public float Value { get; set; }
    public ParsedNode? WhenTrue { get; set; }
    public ParsedNode? WhenFalse { get; set; }
    public bool IsLeaf => WhenTrue is null;
}
