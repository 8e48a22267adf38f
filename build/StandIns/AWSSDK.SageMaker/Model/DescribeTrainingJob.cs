using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class DescribeTrainingJobRequest : AmazonSageMakerRequest
{
    public string TrainingJobName { get; set; }
}

public class DescribeTrainingJobResponse : AmazonWebServiceResponse
{
    public AlgorithmSpecification AlgorithmSpecification { get; set; }
    public string AutoMLJobArn { get; set; }
    public int? BillableTimeInSeconds { get; set; }
    public CheckpointConfig CheckpointConfig { get; set; }
    public DateTime? CreationTime { get; set; }
    public bool? EnableInterContainerTrafficEncryption { get; set; }
    public bool? EnableManagedSpotTraining { get; set; }
    public bool? EnableNetworkIsolation { get; set; }
    public Dictionary<string, string> Environment { get; set; }
    public ExperimentConfig ExperimentConfig { get; set; }
    public string FailureReason { get; set; }
    public List<MetricData> FinalMetricDataList { get; set; }
    public Dictionary<string, string> HyperParameters { get; set; }
    public InfraCheckConfig InfraCheckConfig { get; set; }
    public List<Channel> InputDataConfig { get; set; }
    public string LabelingJobArn { get; set; }
    public DateTime? LastModifiedTime { get; set; }
    public ModelArtifacts ModelArtifacts { get; set; }
    public OutputDataConfig OutputDataConfig { get; set; }
    public ProfilingStatus ProfilingStatus { get; set; }
    public RemoteDebugConfig RemoteDebugConfig { get; set; }
    public ResourceConfig ResourceConfig { get; set; }
    public RetryStrategy RetryStrategy { get; set; }
    public string RoleArn { get; set; }
    public SecondaryStatus SecondaryStatus { get; set; }
    public List<SecondaryStatusTransition> SecondaryStatusTransitions { get; set; }
    public StoppingCondition StoppingCondition { get; set; }
    public DateTime? TrainingEndTime { get; set; }
    public string TrainingJobArn { get; set; }
    public string TrainingJobName { get; set; }
    public TrainingJobStatus TrainingJobStatus { get; set; }
    public DateTime? TrainingStartTime { get; set; }
    public int? TrainingTimeInSeconds { get; set; }
    public string TuningJobArn { get; set; }
    public VpcConfig VpcConfig { get; set; }
    public WarmPoolStatus WarmPoolStatus { get; set; }
}
