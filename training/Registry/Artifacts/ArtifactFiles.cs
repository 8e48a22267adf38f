namespace Slipway.Registry;

/// <summary>The files of <c>model.tar.gz</c>, all at its top.</summary>
public static class ArtifactFiles
{
    public const string Onnx = "model.onnx";
    public const string Spec = "model.json";
    public const string Schema = "schema.json";
    public const string Metrics = "metrics.json";
    public const string Golden = "golden.json";
    public const string Baseline = "baseline.json";
    public const string Training = "training.json";
    public const string ModelCard = "model-card.md";

    private const string PlotPrefix = "plot-", PlotSuffix = ".svg";

    /// <param name="name">Such as <c>precision-recall</c>.</param>
    public static string Plot(string name) => PlotPrefix + name + PlotSuffix;

    public static bool IsPlot(string file) =>
        file.StartsWith(PlotPrefix, StringComparison.Ordinal) && file.EndsWith(PlotSuffix, StringComparison.Ordinal);
}
