namespace Amazon.ECR.Model;

public class Image
{
    public ImageIdentifier ImageId { get; set; }
    public string ImageManifest { get; set; }
    public string ImageManifestMediaType { get; set; }
    public string RegistryId { get; set; }
    public string RepositoryName { get; set; }
}

public class ImageFailure
{
    public ImageFailureCode FailureCode { get; set; }
    public string FailureReason { get; set; }
    public ImageIdentifier ImageId { get; set; }
}

public class ImageIdentifier
{
    public string ImageDigest { get; set; }
    public string ImageTag { get; set; }
}
