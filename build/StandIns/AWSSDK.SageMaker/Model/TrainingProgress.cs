namespace Amazon.SageMaker.Model;

public class MetricData
{
    public string MetricName { get; set; }
    public DateTime? Timestamp { get; set; }
    public float? Value { get; set; }
}

public class ModelArtifacts
{
    public string S3ModelArtifacts { get; set; }
}

public class SecondaryStatusTransition
{
    public DateTime? EndTime { get; set; }
    public DateTime? StartTime { get; set; }
    public SecondaryStatus Status { get; set; }
    public string StatusMessage { get; set; }
}

public class WarmPoolStatus
{
    public int? ResourceRetainedBillableTimeInSeconds { get; set; }
    public string ReusedByJob { get; set; }
    public WarmPoolResourceStatus Status { get; set; }
}
