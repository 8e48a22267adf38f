namespace Amazon.ECS.Model;

public class Device
{
    public string ContainerPath { get; set; }
    public string HostPath { get; set; }
    public List<string> Permissions { get; set; }
}

public class KernelCapabilities
{
    public List<string> Add { get; set; }
    public List<string> Drop { get; set; }
}

public class LinuxParameters
{
    public KernelCapabilities Capabilities { get; set; }
    public List<Device> Devices { get; set; }
    public bool? InitProcessEnabled { get; set; }
    public int? MaxSwap { get; set; }
    public int? SharedMemorySize { get; set; }
    public int? Swappiness { get; set; }
    public List<Tmpfs> Tmpfs { get; set; }
}

public class Tmpfs
{
    public string ContainerPath { get; set; }
    public List<string> MountOptions { get; set; }
    public int? Size { get; set; }
}
