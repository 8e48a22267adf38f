using System.Text.Json.Serialization;
using Amazon.Runtime;
using AwsJson;

namespace Amazon.CloudWatchLogs.Model;

public class GetLogEventsRequest : AmazonCloudWatchLogsRequest
{
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTime? EndTime { get; set; }
    public int? Limit { get; set; }
    public string LogGroupIdentifier { get; set; }
    public string LogGroupName { get; set; }
    public string LogStreamName { get; set; }
    public string NextToken { get; set; }
    public bool? StartFromHead { get; set; }
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTime? StartTime { get; set; }
    public bool? Unmask { get; set; }
}

public class GetLogEventsResponse : AmazonWebServiceResponse
{
    public List<OutputLogEvent> Events { get; set; }
    public string NextBackwardToken { get; set; }
    public string NextForwardToken { get; set; }
}

public class OutputLogEvent
{
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTime? IngestionTime { get; set; }
    public string Message { get; set; }
    [JsonConverter(typeof(EpochMillisecondsConverter))]
    public DateTime? Timestamp { get; set; }
}
