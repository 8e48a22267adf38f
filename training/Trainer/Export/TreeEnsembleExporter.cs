using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>
/// Exports boosted trees as one <c>TreeEnsembleRegressor</c> (https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html).
/// ONNX numbers all nodes of a tree alike, ML.NET counts inner nodes from 0 and writes leaf i as ~i: leaves follow the inner nodes here.
/// </summary>
internal static class TreeEnsembleExporter
{
    public static OnnxGraph Export(RegressionTreeEnsemble ensemble, PlattCalibrator calibrator, int features)
    {
        var table = new NodeTable();
        for (var i = 0; i < ensemble.Trees.Count; i++)
            Add(table, i, ensemble.Trees[i], ensemble.TreeWeights[i]);
        var trees = new OnnxNode(
            "TreeEnsembleRegressor", [ModelSchema.InputName], Calibration.Score, OnnxNode.MachineLearning, table.Attributes((float)ensemble.Bias));
        return new(features, Calibration.Output, [trees, .. Calibration.Nodes], Calibration.Constants(calibrator));
    }

    private static void Add(NodeTable table, int number, RegressionTreeBase tree, double weight)
    {
        for (var node = 0; node < tree.NumberOfNodes; node++)
        {
            if (tree.CategoricalSplitFlags[node])
                throw new NotSupportedException("A split on a category set: categories reach the trainer one-hot encoded, so there should be none.");
            table.AddBranch(
                number, node, tree.NumericalSplitFeatureIndexes[node], tree.NumericalSplitThresholds[node],
                Id(tree, tree.LeftChild[node]), Id(tree, tree.RightChild[node]));
        }

        for (var leaf = 0; leaf < tree.NumberOfLeaves; leaf++)
            table.AddLeaf(number, tree.NumberOfNodes + leaf, (float)(tree.LeafValues[leaf] * weight));
    }

    private static int Id(RegressionTreeBase tree, int child) => child >= 0 ? child : tree.NumberOfNodes + ~child;

    /// <summary>The operator's parallel lists: one entry a node, and one a leaf for what it adds to the score.</summary>
    private sealed class NodeTable
    {
        private readonly List<long> _trees = [], _ids = [], _features = [], _whenTrue = [], _whenFalse = [];
        private readonly List<float> _thresholds = [], _leafValues = [];
        private readonly List<string> _modes = [];
        private readonly List<long> _leafTrees = [], _leafIds = [];

        public void AddBranch(int tree, int id, int feature, float threshold, int whenTrue, int whenFalse)
        {
            Add(tree, id, "BRANCH_LEQ", feature, threshold);
            _whenTrue.Add(whenTrue);
            _whenFalse.Add(whenFalse);
        }

        public void AddLeaf(int tree, int id, float value)
        {
            Add(tree, id, "LEAF", feature: 0, threshold: 0);
            _whenTrue.Add(0);
            _whenFalse.Add(0);
            _leafTrees.Add(tree);
            _leafIds.Add(id);
            _leafValues.Add(value);
        }

        public IReadOnlyList<OnnxAttribute> Attributes(float bias) =>
        [
            new OnnxAttribute.Number("n_targets", 1),
            new OnnxAttribute.Text("aggregate_function", "SUM"),
            new OnnxAttribute.Text("post_transform", "NONE"),
            new OnnxAttribute.Floats("base_values", [bias]),
            new OnnxAttribute.Numbers("nodes_treeids", _trees),
            new OnnxAttribute.Numbers("nodes_nodeids", _ids),
            new OnnxAttribute.Numbers("nodes_featureids", _features),
            new OnnxAttribute.Floats("nodes_values", _thresholds),
            new OnnxAttribute.Texts("nodes_modes", _modes),
            new OnnxAttribute.Numbers("nodes_truenodeids", _whenTrue),
            new OnnxAttribute.Numbers("nodes_falsenodeids", _whenFalse),
            new OnnxAttribute.Numbers("target_treeids", _leafTrees),
            new OnnxAttribute.Numbers("target_nodeids", _leafIds),
            new OnnxAttribute.Numbers("target_ids", new long[_leafIds.Count]),
            new OnnxAttribute.Floats("target_weights", _leafValues),
        ];

        private void Add(int tree, int id, string mode, int feature, float threshold)
        {
            _trees.Add(tree);
            _ids.Add(id);
            _modes.Add(mode);
            _features.Add(feature);
            _thresholds.Add(threshold);
        }
    }
}
