using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class DescribeModelPackageRequest : AmazonSageMakerRequest
{
    public string ModelPackageName { get; set; }
}

public class DescribeModelPackageResponse : AmazonWebServiceResponse
{
    public string ApprovalDescription { get; set; }
    public bool? CertifyForMarketplace { get; set; }
    public UserContext CreatedBy { get; set; }
    public DateTime? CreationTime { get; set; }
    public Dictionary<string, string> CustomerMetadataProperties { get; set; }
    public string Domain { get; set; }
    public InferenceSpecification InferenceSpecification { get; set; }
    public UserContext LastModifiedBy { get; set; }
    public DateTime? LastModifiedTime { get; set; }
    public MetadataProperties MetadataProperties { get; set; }
    public ModelApprovalStatus ModelApprovalStatus { get; set; }
    public ModelPackageModelCard ModelCard { get; set; }
    public ModelLifeCycle ModelLifeCycle { get; set; }
    public ModelMetrics ModelMetrics { get; set; }
    public string ModelPackageArn { get; set; }
    public string ModelPackageDescription { get; set; }
    public string ModelPackageGroupName { get; set; }
    public string ModelPackageName { get; set; }
    public ModelPackageStatus ModelPackageStatus { get; set; }
    public ModelPackageStatusDetails ModelPackageStatusDetails { get; set; }
    public int? ModelPackageVersion { get; set; }
    public string SamplePayloadUrl { get; set; }
    public ModelPackageSecurityConfig SecurityConfig { get; set; }
    public SkipModelValidation SkipModelValidation { get; set; }
    public SourceAlgorithmSpecification SourceAlgorithmSpecification { get; set; }
    public string SourceUri { get; set; }
    public string Task { get; set; }
}
