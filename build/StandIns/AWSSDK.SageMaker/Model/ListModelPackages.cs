using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class ListModelPackagesRequest : AmazonSageMakerRequest
{
    public DateTime? CreationTimeAfter { get; set; }
    public DateTime? CreationTimeBefore { get; set; }
    public int? MaxResults { get; set; }
    public ModelApprovalStatus ModelApprovalStatus { get; set; }
    public string ModelPackageGroupName { get; set; }
    public ModelPackageType ModelPackageType { get; set; }
    public string NameContains { get; set; }
    public string NextToken { get; set; }
    public ModelPackageSortBy SortBy { get; set; }
    public SortOrder SortOrder { get; set; }
}

public class ListModelPackagesResponse : AmazonWebServiceResponse
{
    public List<ModelPackageSummary> ModelPackageSummaryList { get; set; }
    public string NextToken { get; set; }
}

public class ModelPackageSummary
{
    public DateTime? CreationTime { get; set; }
    public ModelApprovalStatus ModelApprovalStatus { get; set; }
    public ModelLifeCycle ModelLifeCycle { get; set; }
    public string ModelPackageArn { get; set; }
    public string ModelPackageDescription { get; set; }
    public string ModelPackageGroupName { get; set; }
    public string ModelPackageName { get; set; }
    public ModelPackageStatus ModelPackageStatus { get; set; }
    public int? ModelPackageVersion { get; set; }
}
