namespace Slipway.Registry.Artifacts;

/// <summary>The files in <c>model.tar.gz</c>, all at its top level.</summary>
public static class ArtifactFiles
{
    public const string Onnx = "model.onnx";
    public const string Spec = "model.json";
    public const string Schema = "schema.json";
    public const string Metrics = "metrics.json";
    public const string Golden = "golden.json";
    public const string Baseline = "baseline.json";
    public const string Training = "training.json";
    public const string Estimator = "estimator.json";
    public const string ModelCard = "model-card.md";

    private const string PlotPrefix = "plot-", PlotSuffix = ".svg";

    /// <param name="name">Such as <c>precision-recall</c>.</param>
    public static string Plot(string name) => PlotPrefix + name + PlotSuffix;

    /// <summary>The name that <see cref="Plot"/> turned into a file name.</summary>
    public static string PlotName(string file) => file[PlotPrefix.Length..^PlotSuffix.Length];

    public static bool IsPlot(string file) =>
        file.Length > PlotPrefix.Length + PlotSuffix.Length &&
        file.StartsWith(PlotPrefix, StringComparison.Ordinal) && file.EndsWith(PlotSuffix, StringComparison.Ordinal);
}
