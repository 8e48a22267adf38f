namespace Amazon.ECR.Model;

public class Repository
{
    public DateTime? CreatedAt { get; set; }
    public EncryptionConfiguration EncryptionConfiguration { get; set; }
    public ImageScanningConfiguration ImageScanningConfiguration { get; set; }
    public ImageTagMutability ImageTagMutability { get; set; }
    public List<ImageTagMutabilityExclusionFilter> ImageTagMutabilityExclusionFilters { get; set; }
    public string RegistryId { get; set; }
    public string RepositoryArn { get; set; }
    public string RepositoryName { get; set; }
    public string RepositoryUri { get; set; }
}

public class EncryptionConfiguration
{
    public EncryptionType EncryptionType { get; set; }
    public string KmsKey { get; set; }
}

public class ImageScanningConfiguration
{
    public bool? ScanOnPush { get; set; }
}

public class ImageTagMutabilityExclusionFilter
{
    public string Filter { get; set; }
    public ImageTagMutabilityExclusionFilterType FilterType { get; set; }
}
