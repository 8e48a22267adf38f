namespace Amazon.SageMaker.Model;

public class MetadataProperties
{
    public string CommitId { get; set; }
    public string GeneratedBy { get; set; }
    public string ProjectId { get; set; }
    public string Repository { get; set; }
}

public class ModelLifeCycle
{
    public string Stage { get; set; }
    public string StageDescription { get; set; }
    public string StageStatus { get; set; }
}

public class ModelPackageModelCard
{
    public string ModelCardContent { get; set; }
    public ModelCardStatus ModelCardStatus { get; set; }
}

public class ModelPackageSecurityConfig
{
    public string KmsKeyId { get; set; }
}

public class ModelPackageStatusDetails
{
    public List<ModelPackageStatusItem> ImageScanStatuses { get; set; }
    public List<ModelPackageStatusItem> ValidationStatuses { get; set; }
}

public class ModelPackageStatusItem
{
    public string FailureReason { get; set; }
    public string Name { get; set; }
    public DetailedModelPackageStatus Status { get; set; }
}
