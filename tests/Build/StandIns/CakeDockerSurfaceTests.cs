using System.Reflection;
using Cake.Docker;
using Slipway.Build.Cli;
using Slipway.Build.Images.Docker;
using Slipway.Build.TestReports;

namespace Slipway.Build.Tests.StandIns;

/// <summary>The stand-in may lack members of the official package, but never have one that the package lacks, or one of another type.</summary>
public sealed class CakeDockerSurfaceTests
{
    // the public members of Cake.Docker 1.5.0, of the types that the stand-in has
    private static readonly Dictionary<string, string[]> Official = new()
    {
        ["ArgumentsBuilderExtension"] =
        [
            "AppendAll(ProcessArgumentBuilder, String, TSettings, String[])", "AppendArguments(ProcessArgumentBuilder, TSettings, Boolean)",
            "GetArgumentFromProperty(PropertyInfo, TSettings, Boolean, Boolean)", "IsPropertyValueSecret(PropertyInfo, TSettings)",
            "GetArgumentFromAutoProperty(AutoPropertyAttribute, PropertyInfo, Object)", "GetAutoPropertyAttributeOrNull(PropertyInfo)",
            "GetArgumentFromBoolProperty(PropertyInfo, Boolean)", "GetArgumentFromStringArrayProperty(PropertyInfo, String[], Boolean)",
            "GetArgumentFromStringProperty(PropertyInfo, String, Boolean)", "GetArgumentFromNullableTimeSpanProperty(PropertyInfo, Nullable`1)",
            "ConvertTimeSpan(TimeSpan)", "GetPropertyName(String)",
        ],
        ["AutoArrayType"] = [],
        ["AutoPropertyAttribute"] = [".ctor()", "Format: String", "OnlyWhenTrue: Boolean", "PreCommand: Boolean", "AutoArrayType: AutoArrayType"],
        ["AutoToolSettings"] = [".ctor()", "CollectSecretProperties()"],
        ["Constants"] = [],
        ["DockerAliases"] =
        [
            "DockerBuild(ICakeContext, DockerImageBuildSettings, String)", "DockerTag(ICakeContext, String, String)",
            "DockerPush(ICakeContext, DockerImagePushSettings, String)", "DockerPull(ICakeContext, DockerImagePullSettings, String)",
            "DockerSave(ICakeContext, DockerImageSaveSettings, String[])", "DockerRemove(ICakeContext, DockerImageRemoveSettings, String[])",
            "DockerRun(ICakeContext, DockerContainerRunSettings, String, String, String[])",
            "DockerRunWithoutResult(ICakeContext, DockerContainerRunSettings, String, String, String[])",
            "DockerStop(ICakeContext, DockerContainerStopSettings, String[])", "DockerRm(ICakeContext, DockerContainerRmSettings, String[])",
            "DockerLogs(ICakeContext, DockerContainerLogsSettings, String)", "DockerCustomCommand(ICakeContext, DockerCustomCommandSettings, String)",
        ],
        ["DockerArgument"] = [".ctor(String, String, DockerArgumentQuoting)", "Key: String", "Value: String", "Quoting: DockerArgumentQuoting"],
        ["DockerArgumentQuoting"] = [],
        ["DockerCustomCommandSettings"] = [],
        ["DockerTool`1"] =
        [
            ".ctor(IFileSystem, ICakeEnvironment, IProcessRunner, IToolLocator)", "GetToolName()", "GetToolExecutableNames()", "GetAlternativeToolPaths(TSettings)",
        ],
        ["GenericDockerRunner`1"] =
        [
            ".ctor(IFileSystem, ICakeEnvironment, IProcessRunner, IToolLocator)", "Run(String, TSettings, String[])",
            "RunWithResult(String, TSettings, Func`2, String[])",
        ],
        ["DockerImageTagSettings"] = [],
        ["DockerImageBuildSettings"] =
        [
            "AddHost: String[]", "BuildArg: String[]", "CacheFrom: String[]", "CgroupParent: String", "Compress: Boolean?",
            "CpuPeriod: Int64?", "CpuQuota: Int64?", "CpusetCpus: String", "CpusetMems: String", "CpuShares: Int64?",
            "DisableContentTrust: Boolean?", "File: String", "ForceRm: Boolean?", "Iidfile: String", "Isolation: String", "Label: String[]",
            "Memory: String", "MemorySwap: String", "Network: String", "NoCache: Boolean?", "Platform: String", "Progress: String",
            "Pull: Boolean?", "Quiet: Boolean?", "Rm: Boolean?", "SecurityOpt: String[]", "ShmSize: String", "Squash: Boolean?",
            "Stream: Boolean?", "Tag: String[]", "Target: String", "Ulimit: String[]",
        ],
        ["DockerImagePullSettings"] = ["AllTags: Boolean?", "DisableContentTrust: Boolean?", "Platform: String"],
        ["DockerImagePushSettings"] = ["DisableContentTrust: Boolean?", "AllTags: Boolean"],
        ["DockerImageRemoveSettings"] = ["Force: Boolean?", "NoPrune: Boolean?"],
        ["DockerImageSaveSettings"] = ["Output: String"],
        ["DockerContainerRunSettings"] =
        [
            "AddHost: String[]", "Attach: String[]", "BlkioWeightDevice: UInt64?", "CapAdd: String[]", "CapDrop: String[]",
            "CgroupParent: String", "Cidfile: String", "CpuCount: Int64?", "CpuPercent: Int64?", "CpuPeriod: Int64?", "CpuQuota: Int64?",
            "CpuRtPeriod: Int64?", "CpuRtRuntime: Int64?", "Cpus: UInt64?", "CpusetCpus: String", "CpusetMems: String", "CpuShares: Int64?",
            "Detach: Boolean?", "DetachKeys: String", "Device: String[]", "DeviceCgroupRule: String[]", "DeviceReadBps: UInt64?",
            "DeviceReadIops: UInt64?", "DeviceWriteBps: UInt64?", "DeviceWriteIops: UInt64?", "DisableContentTrust: Boolean?",
            "Dns: String[]", "DnsOption: String[]", "DnsSearch: String[]", "Entrypoint: String", "Env: String[]", "EnvFile: String[]",
            "Expose: String[]", "GroupAdd: String[]", "HealthCmd: String", "HealthInterval: String", "HealthRetries: Int32?",
            "HealthStartPeriod: String", "HealthTimeout: String", "Hostname: String", "Init: Boolean?", "Interactive: Boolean?",
            "IoMaxbandwidth: String", "IoMaxiops: String", "Ip: String", "Ip6: String", "Ipc: String", "Isolation: String",
            "KernelMemory: String", "Label: String[]", "LabelFile: String[]", "Link: String[]", "LinkLocalIp: String[]", "LogDriver: String",
            "LogOpt: String[]", "MacAddress: String", "Memory: String", "MemoryReservation: String", "MemorySwap: String",
            "MemorySwappiness: Int64?", "Mount: String[]", "Name: String", "Network: String", "NetworkAlias: String[]",
            "NoHealthcheck: Boolean?", "OomKillDisable: Boolean?", "OomScoreAdj: Int32?", "Pid: String", "PidsLimit: Int64?",
            "Platform: String", "Privileged: Boolean?", "Publish: String[]", "PublishAll: Boolean?", "ReadOnly: Boolean?", "Restart: String",
            "Rm: Boolean?", "Runtime: String", "SecurityOpt: String[]", "ShmSize: String", "SigProxy: Boolean?", "StopSignal: String",
            "StopTimeout: Int32?", "StorageOpt: String[]", "Sysctl: String[]", "Tmpfs: String[]", "Tty: Boolean?", "Ulimit: String[]",
            "User: String", "Userns: String", "Uts: String", "Volume: String[]", "VolumeDriver: String", "VolumesFrom: String[]",
            "Workdir: String",
        ],
        ["DockerContainerStopSettings"] = ["Time: Int32?"],
        ["DockerContainerRmSettings"] = ["Force: Boolean?", "Link: Boolean?", "Volumes: Boolean?"],
        ["DockerContainerLogsSettings"] = ["Details: Boolean?", "Follow: Boolean?", "Since: String", "Tail: String", "Timestamps: Boolean?", "Until: String"],
    };

    private static readonly Type[] Types = typeof(DockerAliases).Assembly.GetExportedTypes();

    [TestCaseSource(nameof(Types))]
    public void HasNothingThatTheOfficialPackageLacks(Type type)
    {
        if (!BuildIdentity.StandInsOf(typeof(BuildContext).Assembly).Contains("Cake.Docker"))
            Assert.Ignore($"{TrxReport.NotApplicableReason}the official Cake.Docker is in use: there is no stand-in to compare with it.");

        Assert.That(type.Namespace, Is.EqualTo("Cake.Docker"));
        Assert.That(Official.Keys, Does.Contain(type.Name));
        Assert.That(Members(type), Is.SubsetOf(Official[type.Name].Append(".ctor()")));
    }

    [Test]
    public void NoticesAMemberThatIsNotOfficial() =>
        Assert.That(Members(typeof(ContainerRun)), Is.Not.SubsetOf(Official["DockerContainerRunSettings"]));

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(member => member switch
        {
            MethodBase { IsSpecialName: true, IsConstructor: false } => null,
            MethodBase method when method.IsPublic || method.IsFamily =>
                $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})",
            PropertyInfo property => $"{property.Name}: {Name(property.PropertyType)}",
            _ => null,
        })
        .OfType<string>();

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } value ? $"{value.Name}?" : type.Name;
}
