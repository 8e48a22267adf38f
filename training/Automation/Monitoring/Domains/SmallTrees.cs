namespace Slipway.Automation.Monitoring.Domains;

/// <summary>
/// Gradient-boosted trees of a few leaves each, for the logarithmic loss, over bins (J. Friedman, Greedy function approximation, 2001; leaves and gains by second
/// derivatives). Small enough for a function without machine-learning libraries, and the same samples always give the same trees.
/// </summary>
internal sealed class SmallTrees
{
    private const int Trees = 40;
    private const int Leaves = 8;
    private const int MinRowsOfLeaf = 20;
    private const double LearningRate = 0.2;
    private const double Regularization = 1;

    private readonly List<Node[]> _trees = new(Trees);

    private SmallTrees()
    {
    }

    /// <param name="members">The rows that it is fitted to; they are reordered.</param>
    public static SmallTrees Fit(BinnedRows rows, int[] members, CancellationToken cancellation)
    {
        var fitted = new SmallTrees();
        var (score, gradient, hessian) = (new double[rows.Count], new double[rows.Count], new double[rows.Count]);
        var logged = members.Sum(row => (long)rows.Kinds[row]);
        Array.Fill(score, Math.Log(logged / (double)(members.Length - logged)));
        for (var tree = 0; tree < Trees; tree++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var row in members)
            {
                var probability = 1 / (1 + Math.Exp(-score[row]));
                (gradient[row], hessian[row]) = (rows.Kinds[row] - probability, probability * (1 - probability));
            }

            if (!fitted.Grow(rows, members, score, gradient, hessian))
                break; // nothing tells them apart any better
        }

        return fitted;
    }

    /// <summary>The larger, the more like a logged row.</summary>
    /// <param name="source">For each feature, the row whose value counts.</param>
    public double Score(BinnedRows rows, Func<int, int> source)
    {
        var score = 0.0;
        foreach (var tree in _trees)
        {
            var at = 0;
            while (tree[at].Feature >= 0)
                at = rows.Features[tree[at].Feature][source(tree[at].Feature)] <= tree[at].Bin ? tree[at].Left : tree[at].Right;
            score += tree[at].Value;
        }

        return score;
    }

    /// <returns>False if no split gains anything.</returns>
    private bool Grow(BinnedRows rows, int[] members, double[] score, double[] gradient, double[] hessian)
    {
        var root = new Leaf(0, 0, members.Length, Histogram.Of(rows, members, gradient, hessian));
        root.Split = root.Histogram.Best(MinRowsOfLeaf, Regularization);
        if (root.Split is null)
            return false;
        var nodes = new List<Node> { default };
        var leaves = new List<Leaf> { root };
        while (leaves.Count < Leaves && leaves.Where(leaf => leaf.Split is not null).MaxBy(leaf => leaf.Split!.Gain) is { } leaf)
        {
            var split = leaf.Split!;
            var segment = members.AsSpan(leaf.Start, leaf.Count);
            var below = Partition(segment, rows.Features[split.Feature], split.Bin);
            var fewer = Math.Min(below, leaf.Count - below);
            // only the smaller part is counted; the other one is the difference
            var counted = Histogram.Of(rows, below == fewer ? segment[..below] : segment[below..], gradient, hessian);
            var rest = leaf.Histogram.Without(counted);
            var (left, right) = (new Leaf(nodes.Count, leaf.Start, below, below == fewer ? counted : rest), new Leaf(nodes.Count + 1, leaf.Start + below, leaf.Count - below, below == fewer ? rest : counted));
            nodes[leaf.Node] = new(split.Feature, split.Bin, left.Node, right.Node, 0);
            nodes.Add(default);
            nodes.Add(default);
            leaves.Remove(leaf);
            foreach (var part in new[] { left, right })
            {
                part.Split = part.Histogram.Best(MinRowsOfLeaf, Regularization);
                leaves.Add(part);
            }
        }

        foreach (var leaf in leaves)
        {
            var value = LearningRate * leaf.Histogram.Gradient / (leaf.Histogram.Hessian + Regularization);
            nodes[leaf.Node] = new(-1, 0, 0, 0, value);
            foreach (var row in members.AsSpan(leaf.Start, leaf.Count))
                score[row] += value;
        }

        _trees.Add([.. nodes]);
        return true;
    }

    /// <returns>How many are at most in this bin; they are the first ones then.</returns>
    private static int Partition(Span<int> segment, byte[] bins, int bin)
    {
        var below = 0;
        for (var i = 0; i < segment.Length; i++)
            if (bins[segment[i]] <= bin)
            {
                (segment[below], segment[i]) = (segment[i], segment[below]);
                below++;
            }

        return below;
    }

    /// <param name="Feature">-1 for a leaf.</param>
    /// <param name="Bin">Rows up to this bin go left.</param>
    private readonly record struct Node(int Feature, int Bin, int Left, int Right, double Value);

    private sealed class Leaf(int node, int start, int count, Histogram histogram)
    {
        public int Node { get; } = node;
        public int Start { get; } = start;
        public int Count { get; } = count;
        public Histogram Histogram { get; } = histogram;
        public Split? Split { get; set; }
    }
}
