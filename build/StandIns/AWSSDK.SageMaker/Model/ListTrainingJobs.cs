using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class ListTrainingJobsRequest : AmazonSageMakerRequest
{
    public DateTime? CreationTimeAfter { get; set; }
    public DateTime? CreationTimeBefore { get; set; }
    public DateTime? LastModifiedTimeAfter { get; set; }
    public DateTime? LastModifiedTimeBefore { get; set; }
    public int? MaxResults { get; set; }
    public string NameContains { get; set; }
    public string NextToken { get; set; }
    public SortBy SortBy { get; set; }
    public SortOrder SortOrder { get; set; }
    public TrainingJobStatus StatusEquals { get; set; }
    public string TrainingPlanArnEquals { get; set; }
    public WarmPoolResourceStatus WarmPoolStatusEquals { get; set; }
}

public class ListTrainingJobsResponse : AmazonWebServiceResponse
{
    public string NextToken { get; set; }
    public List<TrainingJobSummary> TrainingJobSummaries { get; set; }
}

public class TrainingJobSummary
{
    public DateTime? CreationTime { get; set; }
    public DateTime? LastModifiedTime { get; set; }
    public SecondaryStatus SecondaryStatus { get; set; }
    public DateTime? TrainingEndTime { get; set; }
    public string TrainingJobArn { get; set; }
    public string TrainingJobName { get; set; }
    public TrainingJobStatus TrainingJobStatus { get; set; }
    public string TrainingPlanArn { get; set; }
    public WarmPoolStatus WarmPoolStatus { get; set; }
}
