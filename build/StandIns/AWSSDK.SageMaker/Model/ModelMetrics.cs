namespace Amazon.SageMaker.Model;

public class ModelMetrics
{
    public Bias Bias { get; set; }
    public Explainability Explainability { get; set; }
    public ModelDataQuality ModelDataQuality { get; set; }
    public ModelQuality ModelQuality { get; set; }
}

public class Bias
{
    public MetricsSource PostTrainingReport { get; set; }
    public MetricsSource PreTrainingReport { get; set; }
    public MetricsSource Report { get; set; }
}

public class Explainability
{
    public MetricsSource Report { get; set; }
}

public class MetricsSource
{
    public string ContentDigest { get; set; }
    public string ContentType { get; set; }
    public string S3Uri { get; set; }
}

public class ModelDataQuality
{
    public MetricsSource Constraints { get; set; }
    public MetricsSource Statistics { get; set; }
}

public class ModelQuality
{
    public MetricsSource Constraints { get; set; }
    public MetricsSource Statistics { get; set; }
}
