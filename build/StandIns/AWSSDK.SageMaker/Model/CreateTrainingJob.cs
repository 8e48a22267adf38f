using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class CreateTrainingJobRequest : AmazonSageMakerRequest
{
    public AlgorithmSpecification AlgorithmSpecification { get; set; }
    public CheckpointConfig CheckpointConfig { get; set; }
    public bool? EnableInterContainerTrafficEncryption { get; set; }
    public bool? EnableManagedSpotTraining { get; set; }
    public bool? EnableNetworkIsolation { get; set; }
    public Dictionary<string, string> Environment { get; set; }
    public ExperimentConfig ExperimentConfig { get; set; }
    public Dictionary<string, string> HyperParameters { get; set; }
    public InfraCheckConfig InfraCheckConfig { get; set; }
    public List<Channel> InputDataConfig { get; set; }
    public OutputDataConfig OutputDataConfig { get; set; }
    public RemoteDebugConfig RemoteDebugConfig { get; set; }
    public ResourceConfig ResourceConfig { get; set; }
    public RetryStrategy RetryStrategy { get; set; }
    public string RoleArn { get; set; }
    public SessionChainingConfig SessionChainingConfig { get; set; }
    public StoppingCondition StoppingCondition { get; set; }
    public List<Tag> Tags { get; set; }
    public string TrainingJobName { get; set; }
    public VpcConfig VpcConfig { get; set; }
}

public class CreateTrainingJobResponse : AmazonWebServiceResponse
{
    public string TrainingJobArn { get; set; }
}
