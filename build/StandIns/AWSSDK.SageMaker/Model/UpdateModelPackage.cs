using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class UpdateModelPackageRequest : AmazonSageMakerRequest
{
    public string ApprovalDescription { get; set; }
    public string ClientToken { get; set; }
    public Dictionary<string, string> CustomerMetadataProperties { get; set; }
    public List<string> CustomerMetadataPropertiesToRemove { get; set; }
    public InferenceSpecification InferenceSpecification { get; set; }
    public ModelApprovalStatus ModelApprovalStatus { get; set; }
    public ModelPackageModelCard ModelCard { get; set; }
    public ModelLifeCycle ModelLifeCycle { get; set; }
    public string ModelPackageArn { get; set; }
    public string SourceUri { get; set; }
}

public class UpdateModelPackageResponse : AmazonWebServiceResponse
{
    public string ModelPackageArn { get; set; }
}
