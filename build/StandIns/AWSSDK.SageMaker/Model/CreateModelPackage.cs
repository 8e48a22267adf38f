using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class CreateModelPackageRequest : AmazonSageMakerRequest
{
    public bool? CertifyForMarketplace { get; set; }
    public string ClientToken { get; set; }
    public Dictionary<string, string> CustomerMetadataProperties { get; set; }
    public string Domain { get; set; }
    public InferenceSpecification InferenceSpecification { get; set; }
    public MetadataProperties MetadataProperties { get; set; }
    public ModelApprovalStatus ModelApprovalStatus { get; set; }
    public ModelPackageModelCard ModelCard { get; set; }
    public ModelLifeCycle ModelLifeCycle { get; set; }
    public ModelMetrics ModelMetrics { get; set; }
    public string ModelPackageDescription { get; set; }
    public string ModelPackageGroupName { get; set; }
    public string ModelPackageName { get; set; }
    public string SamplePayloadUrl { get; set; }
    public ModelPackageSecurityConfig SecurityConfig { get; set; }
    public SkipModelValidation SkipModelValidation { get; set; }
    public SourceAlgorithmSpecification SourceAlgorithmSpecification { get; set; }
    public string SourceUri { get; set; }
    public List<Tag> Tags { get; set; }
    public string Task { get; set; }
}

public class CreateModelPackageResponse : AmazonWebServiceResponse
{
    public string ModelPackageArn { get; set; }
}
