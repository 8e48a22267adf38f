namespace Slipway.Inference.Evaluators;

/// <summary>Puts trees into arrays: once for single rows, and once for many rows at a time unless a tree is too large for masks.</summary>
internal sealed class TreeCompiler(TreeTable table, int features)
{
    private readonly List<TreeNode> _nodes = [];
    private readonly List<float> _values = [];
    private readonly List<int> _roots = [], _depths = [], _maskEnds = [], _splitEnds = [], _leafStarts = [];
    private readonly List<MaskedSplit> _splits = [];
    private readonly List<float> _leaves = [];
    private readonly Dictionary<int, int> _columns = [];
    private bool _hasMasks = true;

    public TreeEnsemble Compile()
    {
        var parsed = table.Trees().Select(tree => table.Tree(tree.First, tree.End)).ToList();
        var targets = new List<ScoredTrees>();
        for (var target = 0; target < table.Targets; target++)
        {
            var first = _roots.Count;
            foreach (var tree in parsed.Where(tree => tree.Target == target))
                Add(tree.Root);
            if (first == _roots.Count)
                throw new NotCompiledException($"its output {target} has no trees");
            targets.Add(new(target, first, _roots.Count, table.Base.Count > 0 ? table.Base[target] : 0));
        }

        return new([.. _nodes], [.. _values], [.. _roots], [.. _depths], [.. targets], _hasMasks
            ? new([.. _splits], [.. _maskEnds], [.. _splitEnds], [.. _leaves], [.. _leafStarts], [.. _columns.OrderBy(column => column.Value).Select(column => column.Key)])
            : null);
    }

    private void Add(ParsedNode root)
    {
        _depths.Add(AddNodes(root));
        _hasMasks = _hasMasks && TryAddMasks(root);
    }

    // breadth first, so that children are neighbors
    private int AddNodes(ParsedNode root)
    {
        var (start, depth) = (_nodes.Count, 0);
        _roots.Add(start);
        var open = new Queue<(ParsedNode Node, int At, int Depth)>([(root, Reserve(1), 0)]);
        while (open.TryDequeue(out var next))
        {
            var (node, at, level) = next;
            depth = Math.Max(depth, level);
            if (node.IsLeaf)
            {
                (_nodes[at], _values[at]) = (new(float.NaN, 0, 0), node.Value);
                continue;
            }

            var first = Reserve(2);
            if (first - at > ushort.MaxValue || node.Feature < 0 || node.Feature >= features || node.Feature > ushort.MaxValue)
                throw new NotCompiledException("one of its trees has too many nodes, or a split on a feature that does not exist");
            _nodes[at] = new(node.Threshold, (ushort)node.Feature, (ushort)(first - at));
            open.Enqueue((node.WhenFalse!, first, level + 1));
            open.Enqueue((node.WhenTrue!, first + 1, level + 1));
        }

        return depth;
    }

    private int Reserve(int nodes)
    {
        var at = _nodes.Count;
        for (var i = 0; i < nodes; i++)
        {
            _nodes.Add(default);
            _values.Add(0);
        }

        return at;
    }

    // Leaves are numbered from the true side. A split that is not met removes those of its true side; the first one that remains after all splits is the leaf of
    // the row: every split on the way to it is met or has removed what is before it.
    private bool TryAddMasks(ParsedNode root)
    {
        if (CountLeaves(root) > MaskedTrees.MaxLeaves)
            return false;
        var (start, splits) = (_leaves.Count, new List<(ParsedNode Node, int First, int End)>());
        AddLeaves(root);

        _leafStarts.Add(start);
        for (var mask = 0; mask == 0 || mask < _leaves.Count - start; mask += MaskedTrees.LeavesOfMask)
        {
            foreach (var (node, first, end) in splits)
                if (Math.Max(first, mask) is var from && Math.Min(end, mask + MaskedTrees.LeavesOfMask) is var to && from < to)
                    _splits.Add(new(node.Threshold, ~(int)(uint)((1UL << (to - mask)) - (1UL << (from - mask))), Column((int)node.Feature)));
            _splitEnds.Add(_splits.Count);
        }

        _maskEnds.Add(_splitEnds.Count);
        return true;

        void AddLeaves(ParsedNode node)
        {
            if (node.IsLeaf)
            {
                _leaves.Add(node.Value);
                return;
            }

            var first = _leaves.Count - start;
            AddLeaves(node.WhenTrue!);
            splits.Add((node, first, _leaves.Count - start));
            AddLeaves(node.WhenFalse!);
        }
    }

    private static int CountLeaves(ParsedNode root)
    {
        var count = 0;
        var open = new Stack<ParsedNode>([root]);
        while (open.TryPop(out var node))
            if (node.IsLeaf)
            {
                count++;
            }
            else
            {
                open.Push(node.WhenTrue!);
                open.Push(node.WhenFalse!);
            }

        return count;
    }

    private int Column(int feature)
    {
        if (!_columns.TryGetValue(feature, out var column))
            _columns.Add(feature, column = _columns.Count);
        return column;
    }
}
