using Slipway.Inference.Evaluators;

namespace Slipway.Inference.Tests.Models;

/// <summary>Random trees as an ONNX file, in the form in which the trainer writes them.</summary>
/// <param name="Targets">The number of outputs; the trees are for one after the other.</param>
internal sealed record OnnxTrees(int Trees, int Leaves, int Features, int Targets = 1)
{
    public const string Output = "out";

    private const int FloatType = 1;

    public int Seed { get; init; } = 7;

    public string Mode { get; init; } = "BRANCH_LEQ";

    /// <summary>Every split is on the last one, so that a tree is as deep as it has leaves.</summary>
    public bool Degenerate { get; init; }

    /// <summary>The operators after the trees; none of them takes a constant.</summary>
    public string[] Last { get; init; } = ["Identity"];

    /// <summary>Further attributes of the trees.</summary>
    public Action<OnnxMessage> More { get; init; } = _ => { };

    public (string Name, int Width) Outputs => (Output, Targets);

    public byte[] ToOnnx(string? metadata = null) => OnnxMessage.Write(model =>
    {
        model.Number(1, 8).Text(2, "slipway tests").Message(8, opset => opset.Text(1, "").Number(2, 17)).Message(8, opset => opset.Text(1, OperatorChain.MachineLearning).Number(2, 3));
        if (metadata is not null)
            model.Message(14, entry => entry.Text(1, Registry.Models.ModelSchema.MetadataKey).Text(2, metadata));
        model.Message(7, graph =>
        {
            graph.Message(1, Ensemble);
            for (var i = 0; i < Last.Length; i++)
                graph.Message(1, node => node.Text(1, $"value{i}").Text(2, i == Last.Length - 1 ? Output : $"value{i + 1}").Text(4, Last[i]));
            graph.Text(2, "trees");
            Value(graph, 11, "features", Features);
            Value(graph, 12, Output, Targets);
        });
    });

    private void Ensemble(OnnxMessage node)
    {
        var random = new Random(Seed);
        var lists = new Lists();
        for (var tree = 0; tree < Trees; tree++)
            Add(lists, tree, random);
        node.Text(1, "features").Text(2, "value0").Text(4, "TreeEnsembleRegressor").Text(7, OperatorChain.MachineLearning);
        Attribute(node, "n_targets", 2, attribute => attribute.Number(3, Targets));
        Attribute(node, "aggregate_function", 3, attribute => attribute.Text(4, "SUM"));
        Attribute(node, "post_transform", 3, attribute => attribute.Text(4, "NONE"));
        Floats(node, "base_values", [.. Enumerable.Range(0, Targets).Select(target => 0.1f + target)]);
        Numbers(node, "nodes_treeids", lists.Trees);
        Numbers(node, "nodes_nodeids", lists.Ids);
        Numbers(node, "nodes_featureids", lists.Features);
        Floats(node, "nodes_values", lists.Thresholds);
        Attribute(node, "nodes_modes", 8, attribute => lists.Modes.ForEach(mode => attribute.Text(9, mode)));
        Numbers(node, "nodes_truenodeids", lists.WhenTrue);
        Numbers(node, "nodes_falsenodeids", lists.WhenFalse);
        Numbers(node, "target_treeids", lists.LeafTrees);
        Numbers(node, "target_nodeids", lists.LeafIds);
        Numbers(node, "target_ids", lists.LeafTargets);
        Floats(node, "target_weights", lists.Values);
        More(node);
    }

    // inner nodes first, as the trainer numbers them
    private void Add(Lists lists, int tree, Random random)
    {
        var children = new List<(int True, int False)>();
        var leaves = new List<int> { 0 }; // the slots of leaves: twice the number of their parent, and one more for its false side; 0 for a root that is a leaf
        while (leaves.Count < Leaves)
        {
            var at = Degenerate ? leaves.Count - 1 : random.Next(leaves.Count);
            var slot = leaves[at];
            leaves.RemoveAt(at);
            var inner = children.Count;
            children.Add((-1, -1));
            if (inner > 0)
                children[(slot - 2) / 2] = slot % 2 == 0 ? children[(slot - 2) / 2] with { True = inner } : children[(slot - 2) / 2] with { False = inner };
            leaves.Add(2 + 2 * inner);
            leaves.Add(3 + 2 * inner);
        }

        for (var i = 0; i < leaves.Count && children.Count > 0; i++)
        {
            var parent = (leaves[i] - 2) / 2;
            children[parent] = leaves[i] % 2 == 0 ? children[parent] with { True = children.Count + i } : children[parent] with { False = children.Count + i };
        }

        for (var i = 0; i < children.Count; i++)
            lists.Node(tree, i, Mode, random.Next(Features), Threshold(random), children[i].True, children[i].False);
        for (var i = 0; i < leaves.Count; i++)
        {
            lists.Node(tree, children.Count + i, "LEAF", 0, 0, 0, 0);
            lists.Leaf(tree, children.Count + i, tree * Targets / Math.Max(1, Trees), (random.NextSingle() - 0.5f) / Trees);
        }
    }

    // coarse, so that rows meet them exactly
    private static float Threshold(Random random) => random.Next(100) / 100f;

    private static void Attribute(OnnxMessage node, string name, int type, Action<OnnxMessage> value) => node.Message(5, attribute =>
    {
        attribute.Text(1, name);
        value(attribute);
        attribute.Number(20, type);
    });

    public static void Numbers(OnnxMessage node, string name, IReadOnlyList<long> values) => Attribute(node, name, 7, attribute =>
    {
        foreach (var value in values)
            attribute.Number(8, value);
    });

    private static void Floats(OnnxMessage node, string name, IReadOnlyList<float> values) => Attribute(node, name, 6, attribute =>
    {
        foreach (var value in values)
            attribute.Single(7, value);
    });

    private static void Value(OnnxMessage graph, int field, string name, int width) => graph.Message(field, value => value.Text(1, name).Message(2, kind => kind.Message(1, tensor =>
        tensor.Number(1, FloatType).Message(2, shape => shape.Message(1, size => size.Text(2, "N")).Message(1, size => size.Number(1, width))))));

    private sealed class Lists
    {
        public List<long> Trees { get; } = [];
        public List<long> Ids { get; } = [];
        public List<long> Features { get; } = [];
        public List<long> WhenTrue { get; } = [];
        public List<long> WhenFalse { get; } = [];
        public List<long> LeafTrees { get; } = [];
        public List<long> LeafIds { get; } = [];
        public List<long> LeafTargets { get; } = [];
        public List<float> Thresholds { get; } = [];
        public List<float> Values { get; } = [];
        public List<string> Modes { get; } = [];

        public void Node(int tree, int id, string mode, int feature, float threshold, int whenTrue, int whenFalse)
        {
            Trees.Add(tree);
            Ids.Add(id);
            Modes.Add(mode);
            Features.Add(feature);
            Thresholds.Add(threshold);
            WhenTrue.Add(whenTrue);
            WhenFalse.Add(whenFalse);
        }

        public void Leaf(int tree, int id, int target, float value)
        {
            LeafTrees.Add(tree);
            LeafIds.Add(id);
            LeafTargets.Add(target);
            Values.Add(value);
        }
    }
}
