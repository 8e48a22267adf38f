using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Amazon.Runtime;
using Slipway.Automation.Aws;

namespace Slipway.Automation.SageMaker;

/// <summary>The output of a SageMaker job's trainer, read from where the last read ended.</summary>
/// <remarks>A log that cannot be read is reported once and does not keep the job from ending: the job's outcome is elsewhere.</remarks>
public sealed class TrainingJobLog(IAmazonCloudWatchLogs client, string job)
{
    public const string Group = "/aws/sagemaker/TrainingJobs";

    // If a trainer prints more between two reads, the rest comes with the next one.
    private const int MaxPages = 10;

    private readonly Dictionary<string, string?> _read = new(StringComparer.Ordinal);
    private bool _givenUp;

    /// <param name="output">Receives each new line.</param>
    public async Task FollowAsync(Action<string> output, CancellationToken cancellation)
    {
        if (_givenUp)
            return;
        try
        {
            await FindStreamsAsync(cancellation);
            foreach (var stream in _read.Keys.Order(StringComparer.Ordinal).ToList())
                await ReadOnAsync(stream, output, cancellation);
        }
        catch (AmazonServiceException e) when (AwsErrors.IsNotFound(e))
        {
            // SageMaker creates it when the container prints its first line.
        }
        catch (AmazonServiceException e)
        {
            _givenUp = true;
            output($"The log of the job cannot be followed: {e.Message} It is in {Group}, in the streams that begin with {job}/.");
        }
    }

    private async Task FindStreamsAsync(CancellationToken cancellation)
    {
        var streams = await client.DescribeLogStreamsAsync(new() { LogGroupName = Group, LogStreamNamePrefix = $"{job}/" }, cancellation);
        foreach (var stream in streams.LogStreams ?? [])
            _read.TryAdd(stream.LogStreamName, null);
    }

    private async Task ReadOnAsync(string stream, Action<string> output, CancellationToken cancellation)
    {
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await client.GetLogEventsAsync(
                new GetLogEventsRequest { LogGroupName = Group, LogStreamName = stream, StartFromHead = true, NextToken = _read[stream] }, cancellation);
            foreach (var line in answer.Events ?? [])
                output(line.Message.TrimEnd('\r', '\n'));

            // CloudWatch returns the same token if there is no more.
            if (answer.NextForwardToken is null || answer.NextForwardToken == _read[stream])
                return;
            _read[stream] = answer.NextForwardToken;
        }
    }
}
