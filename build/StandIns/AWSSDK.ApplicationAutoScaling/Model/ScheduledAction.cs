namespace Amazon.ApplicationAutoScaling.Model;

public class ScheduledAction
{
    public DateTime? CreationTime { get; set; }
    public DateTime? EndTime { get; set; }
    public string ResourceId { get; set; }
    public ScalableDimension ScalableDimension { get; set; }
    public ScalableTargetAction ScalableTargetAction { get; set; }
    public string Schedule { get; set; }
    public string ScheduledActionARN { get; set; }
    public string ScheduledActionName { get; set; }
    public ServiceNamespace ServiceNamespace { get; set; }
    public DateTime? StartTime { get; set; }
    public string Timezone { get; set; }
}

public class ScalableTargetAction
{
    public int? MaxCapacity { get; set; }
    public int? MinCapacity { get; set; }
}
