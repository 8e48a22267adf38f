using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.SageMaker;

[JsonConverter(typeof(ConstantConverter<ProfilingStatus>))]
public class ProfilingStatus(string value) : ConstantClass(value)
{
    public static readonly ProfilingStatus Disabled = new("Disabled");
    public static readonly ProfilingStatus Enabled = new("Enabled");

    public static ProfilingStatus FindValue(string value) => FindValue<ProfilingStatus>(value);

    public static implicit operator ProfilingStatus(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<SecondaryStatus>))]
public class SecondaryStatus(string value) : ConstantClass(value)
{
    public static readonly SecondaryStatus Completed = new("Completed");
    public static readonly SecondaryStatus Downloading = new("Downloading");
    public static readonly SecondaryStatus DownloadingTrainingImage = new("DownloadingTrainingImage");
    public static readonly SecondaryStatus Failed = new("Failed");
    public static readonly SecondaryStatus Interrupted = new("Interrupted");
    public static readonly SecondaryStatus LaunchingMLInstances = new("LaunchingMLInstances");
    public static readonly SecondaryStatus MaxRuntimeExceeded = new("MaxRuntimeExceeded");
    public static readonly SecondaryStatus MaxWaitTimeExceeded = new("MaxWaitTimeExceeded");
    public static readonly SecondaryStatus Pending = new("Pending");
    public static readonly SecondaryStatus PreparingTrainingStack = new("PreparingTrainingStack");
    public static readonly SecondaryStatus Restarting = new("Restarting");
    public static readonly SecondaryStatus Starting = new("Starting");
    public static readonly SecondaryStatus Stopped = new("Stopped");
    public static readonly SecondaryStatus Stopping = new("Stopping");
    public static readonly SecondaryStatus Training = new("Training");
    public static readonly SecondaryStatus Updating = new("Updating");
    public static readonly SecondaryStatus Uploading = new("Uploading");

    public static SecondaryStatus FindValue(string value) => FindValue<SecondaryStatus>(value);

    public static implicit operator SecondaryStatus(string value) => FindValue(value);
}

[JsonConverter(typeof(ConstantConverter<TrainingJobStatus>))]
public class TrainingJobStatus(string value) : ConstantClass(value)
{
    public static readonly TrainingJobStatus Completed = new("Completed");
    public static readonly TrainingJobStatus Failed = new("Failed");
    public static readonly TrainingJobStatus InProgress = new("InProgress");
    public static readonly TrainingJobStatus Stopped = new("Stopped");
    public static readonly TrainingJobStatus Stopping = new("Stopping");

    public static TrainingJobStatus FindValue(string value) => FindValue<TrainingJobStatus>(value);

    public static implicit operator TrainingJobStatus(string value) => FindValue(value);
}
