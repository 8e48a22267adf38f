namespace Amazon.SageMaker.Model;

public class Channel
{
    public string ChannelName { get; set; }
    public CompressionType CompressionType { get; set; }
    public string ContentType { get; set; }
    public DataSource DataSource { get; set; }
    public TrainingInputMode InputMode { get; set; }
    public RecordWrapper RecordWrapperType { get; set; }
    public ShuffleConfig ShuffleConfig { get; set; }
}

public class DataSource
{
    public FileSystemDataSource FileSystemDataSource { get; set; }
    public S3DataSource S3DataSource { get; set; }
}

public class FileSystemDataSource
{
    public string DirectoryPath { get; set; }
    public FileSystemAccessMode FileSystemAccessMode { get; set; }
    public string FileSystemId { get; set; }
    public FileSystemType FileSystemType { get; set; }
}

public class ModelAccessConfig
{
    public bool? AcceptEula { get; set; }
}

public class S3DataSource
{
    public List<string> AttributeNames { get; set; }
    public List<string> InstanceGroupNames { get; set; }
    public ModelAccessConfig ModelAccessConfig { get; set; }
    public S3DataDistribution S3DataDistributionType { get; set; }
    public S3DataType S3DataType { get; set; }
    public string S3Uri { get; set; }
}

public class ShuffleConfig
{
    public long? Seed { get; set; }
}
