namespace Amazon.ECS.Model;

public class EBSTagSpecification
{
    public PropagateTags PropagateTags { get; set; }
    public EBSResourceType ResourceType { get; set; }
    public List<Tag> Tags { get; set; }
}

public class ServiceManagedEBSVolumeConfiguration
{
    public bool? Encrypted { get; set; }
    public TaskFilesystemType FilesystemType { get; set; }
    public int? Iops { get; set; }
    public string KmsKeyId { get; set; }
    public string RoleArn { get; set; }
    public int? SizeInGiB { get; set; }
    public string SnapshotId { get; set; }
    public List<EBSTagSpecification> TagSpecifications { get; set; }
    public int? Throughput { get; set; }
    public int? VolumeInitializationRate { get; set; }
    public string VolumeType { get; set; }
}

public class ServiceVolumeConfiguration
{
    public ServiceManagedEBSVolumeConfiguration ManagedEBSVolume { get; set; }
    public string Name { get; set; }
}
