using Microsoft.ML.Trainers.FastTree;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Export;

/// <summary>
/// Exports boosted trees as one <c>TreeEnsembleRegressor</c> (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html).
/// ONNX numbers all nodes of a tree in one sequence, while ML.NET counts inner nodes from 0 and writes leaf i as ~i: here, leaves follow the inner nodes.
/// </summary>
internal static class TreeEnsembleExporter
{
    /// <param name="ensembles">One per output value; they may differ in size.</param>
    public static OnnxGraph Export(IReadOnlyList<RegressionTreeEnsemble> ensembles, int features, ScoreLink link)
    {
        var table = new NodeTable();
        for (var target = 0; target < ensembles.Count; target++)
            for (var i = 0; i < ensembles[target].Trees.Count; i++)
                Add(table, target, ensembles[target].Trees[i], ensembles[target].TreeWeights[i]);
        if (ensembles.All(ensemble => ensemble.Trees.Count == 0))
            table.AddNothing();
        var trees = new OnnxNode(
            "TreeEnsembleRegressor", [ModelSchema.InputName], ScoreLink.Score, OnnxNode.MachineLearning,
            table.Attributes([.. ensembles.Select(ensemble => (float)ensemble.Bias)]));
        return new(features, link.Output, [trees, .. link.Nodes], link.Constants);
    }

    private static void Add(NodeTable table, int target, RegressionTreeBase tree, double weight)
    {
        table.BeginTree(target);
        for (var node = 0; node < tree.NumberOfNodes; node++)
        {
            if (tree.CategoricalSplitFlags[node])
                throw new NotSupportedException("A split on a category set: categories reach the trainer one-hot encoded, so there should be none.");
            table.AddBranch(
                node, tree.NumericalSplitFeatureIndexes[node], tree.NumericalSplitThresholds[node],
                Id(tree, tree.LeftChild[node]), Id(tree, tree.RightChild[node]));
        }

        for (var leaf = 0; leaf < tree.NumberOfLeaves; leaf++)
            table.AddLeaf(tree.NumberOfNodes + leaf, (float)(tree.LeafValues[leaf] * weight));
    }

    private static int Id(RegressionTreeBase tree, int child) => child >= 0 ? child : tree.NumberOfNodes + ~child;

    /// <summary>The operator's parallel lists: one entry per node, and one per leaf for what it adds to the score.</summary>
    private sealed class NodeTable
    {
        private readonly List<long> _trees = [], _ids = [], _features = [], _whenTrue = [], _whenFalse = [];
        private readonly List<float> _thresholds = [], _leafValues = [];
        private readonly List<string> _modes = [];
        private readonly List<long> _leafTrees = [], _leafIds = [], _leafTargets = [];
        private int _tree = -1, _target;

        public void BeginTree(int target) => (_tree, _target) = (_tree + 1, target);

        public void AddBranch(int id, int feature, float threshold, int whenTrue, int whenFalse)
        {
            Add(id, "BRANCH_LEQ", feature, threshold);
            _whenTrue.Add(whenTrue);
            _whenFalse.Add(whenFalse);
        }

        public void AddLeaf(int id, float value)
        {
            Add(id, "LEAF", feature: 0, threshold: 0);
            _whenTrue.Add(0);
            _whenFalse.Add(0);
            _leafTrees.Add(_tree);
            _leafIds.Add(id);
            _leafTargets.Add(_target);
            _leafValues.Add(value);
        }

        /// <summary>The operator requires at least one tree, even for a model that found nothing to split on.</summary>
        public void AddNothing()
        {
            BeginTree(target: 0);
            AddLeaf(id: 0, value: 0);
        }

        public IReadOnlyList<OnnxAttribute> Attributes(float[] biases) =>
        [
            new OnnxAttribute.Number("n_targets", biases.Length),
            new OnnxAttribute.Text("aggregate_function", "SUM"),
            new OnnxAttribute.Text("post_transform", "NONE"),
            new OnnxAttribute.Floats("base_values", biases),
            new OnnxAttribute.Numbers("nodes_treeids", _trees),
            new OnnxAttribute.Numbers("nodes_nodeids", _ids),
            new OnnxAttribute.Numbers("nodes_featureids", _features),
            new OnnxAttribute.Floats("nodes_values", _thresholds),
            new OnnxAttribute.Texts("nodes_modes", _modes),
            new OnnxAttribute.Numbers("nodes_truenodeids", _whenTrue),
            new OnnxAttribute.Numbers("nodes_falsenodeids", _whenFalse),
            new OnnxAttribute.Numbers("target_treeids", _leafTrees),
            new OnnxAttribute.Numbers("target_nodeids", _leafIds),
            new OnnxAttribute.Numbers("target_ids", _leafTargets),
            new OnnxAttribute.Floats("target_weights", _leafValues),
        ];

        private void Add(int id, string mode, int feature, float threshold)
        {
            _trees.Add(_tree);
            _ids.Add(id);
            _modes.Add(mode);
            _features.Add(feature);
            _thresholds.Add(threshold);
        }
    }
}
