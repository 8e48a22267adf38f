namespace Amazon.ECS.Model;

public class Volume
{
    public bool? ConfiguredAtLaunch { get; set; }
    public DockerVolumeConfiguration DockerVolumeConfiguration { get; set; }
    public EFSVolumeConfiguration EfsVolumeConfiguration { get; set; }
    public FSxWindowsFileServerVolumeConfiguration FsxWindowsFileServerVolumeConfiguration { get; set; }
    public HostVolumeProperties Host { get; set; }
    public string Name { get; set; }
    public S3FilesVolumeConfiguration S3filesVolumeConfiguration { get; set; }
}

public class DockerVolumeConfiguration
{
    public bool? Autoprovision { get; set; }
    public string Driver { get; set; }
    public Dictionary<string, string> DriverOpts { get; set; }
    public Dictionary<string, string> Labels { get; set; }
    public Scope Scope { get; set; }
}

public class EFSAuthorizationConfig
{
    public string AccessPointId { get; set; }
    public EFSAuthorizationConfigIAM Iam { get; set; }
}

public class EFSVolumeConfiguration
{
    public EFSAuthorizationConfig AuthorizationConfig { get; set; }
    public string FileSystemId { get; set; }
    public string RootDirectory { get; set; }
    public EFSTransitEncryption TransitEncryption { get; set; }
    public int? TransitEncryptionPort { get; set; }
}

public class FSxWindowsFileServerAuthorizationConfig
{
    public string CredentialsParameter { get; set; }
    public string Domain { get; set; }
}

public class FSxWindowsFileServerVolumeConfiguration
{
    public FSxWindowsFileServerAuthorizationConfig AuthorizationConfig { get; set; }
    public string FileSystemId { get; set; }
    public string RootDirectory { get; set; }
}

public class HostVolumeProperties
{
    public string SourcePath { get; set; }
}

public class S3FilesVolumeConfiguration
{
    public string AccessPointArn { get; set; }
    public string FileSystemArn { get; set; }
    public string RootDirectory { get; set; }
    public int? TransitEncryptionPort { get; set; }
}
