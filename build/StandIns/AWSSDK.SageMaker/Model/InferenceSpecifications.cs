namespace Amazon.SageMaker.Model;

public class AdditionalS3DataSource
{
    public CompressionType CompressionType { get; set; }
    public string ETag { get; set; }
    public AdditionalS3DataSourceDataType S3DataType { get; set; }
    public string S3Uri { get; set; }
}

public class InferenceSpecification
{
    public List<ModelPackageContainerDefinition> Containers { get; set; }
    public List<string> SupportedContentTypes { get; set; }
    public List<string> SupportedRealtimeInferenceInstanceTypes { get; set; }
    public List<string> SupportedResponseMIMETypes { get; set; }
    public List<string> SupportedTransformInstanceTypes { get; set; }
}

public class ModelDataSource
{
    public S3ModelDataSource S3DataSource { get; set; }
}

public class ModelInput
{
    public string DataInputConfig { get; set; }
}

public class ModelPackageContainerDefinition
{
    public AdditionalS3DataSource AdditionalS3DataSource { get; set; }
    public string ContainerHostname { get; set; }
    public Dictionary<string, string> Environment { get; set; }
    public string Framework { get; set; }
    public string FrameworkVersion { get; set; }
    public string Image { get; set; }
    public string ImageDigest { get; set; }
    public string ModelDataETag { get; set; }
    public ModelDataSource ModelDataSource { get; set; }
    public string ModelDataUrl { get; set; }
    public ModelInput ModelInput { get; set; }
    public string NearestModelName { get; set; }
    public string ProductId { get; set; }
}

public class S3ModelDataSource
{
    public ModelCompressionType CompressionType { get; set; }
    public string ETag { get; set; }
    public string ManifestEtag { get; set; }
    public string ManifestS3Uri { get; set; }
    public ModelAccessConfig ModelAccessConfig { get; set; }
    public S3ModelDataType S3DataType { get; set; }
    public string S3Uri { get; set; }
}

public class SourceAlgorithm
{
    public string AlgorithmName { get; set; }
    public string ModelDataETag { get; set; }
    public ModelDataSource ModelDataSource { get; set; }
    public string ModelDataUrl { get; set; }
}

public class SourceAlgorithmSpecification
{
    public List<SourceAlgorithm> SourceAlgorithms { get; set; }
}
