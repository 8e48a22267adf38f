using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.CloudWatchLogs.Model;

public class DescribeLogStreamsRequest : AmazonCloudWatchLogsRequest
{
    public bool? Descending { get; set; }
    public int? Limit { get; set; }
    public string LogGroupIdentifier { get; set; }
    public string LogGroupName { get; set; }
    public string LogStreamNamePrefix { get; set; }
    public string NextToken { get; set; }
    public OrderBy OrderBy { get; set; }
}

public class DescribeLogStreamsResponse : AmazonWebServiceResponse
{
    public List<LogStream> LogStreams { get; set; }
    public string NextToken { get; set; }
}

public class LogStream
{
    public string Arn { get; set; }
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTime? CreationTime { get; set; }
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTime? FirstEventTimestamp { get; set; }
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTime? LastEventTimestamp { get; set; }
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTime? LastIngestionTime { get; set; }
    public string LogStreamName { get; set; }
    public long? StoredBytes { get; set; }
    public string UploadSequenceToken { get; set; }
}
