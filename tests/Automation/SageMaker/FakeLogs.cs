using System.Globalization;
using Amazon.CloudWatchLogs;
using Amazon.CloudWatchLogs.Model;
using Slipway.Automation.Tests.Aws;

namespace Slipway.Automation.Tests.SageMaker;

/// <summary>CloudWatch Logs in memory: streams by name, two lines a page.</summary>
internal sealed class FakeLogs
{
    public FakeLogs() => Client = ClientDouble.Of<IAmazonCloudWatchLogs>(this);

    public IAmazonCloudWatchLogs Client { get; }

    public Dictionary<string, List<string>> Streams { get; } = [];

    public Exception? Refusal { get; set; }

    public int Asked { get; private set; }

    public Task<DescribeLogStreamsResponse> DescribeLogStreamsAsync(DescribeLogStreamsRequest request, CancellationToken cancellationToken = default)
    {
        Asked++;
        if (Refusal is not null)
            throw Refusal;
        var found = Streams.Keys.Where(name => name.StartsWith(request.LogStreamNamePrefix, StringComparison.Ordinal));
        return Task.FromResult(new DescribeLogStreamsResponse { LogStreams = [.. found.Select(name => new LogStream { LogStreamName = name })] });
    }

    public Task<GetLogEventsResponse> GetLogEventsAsync(GetLogEventsRequest request, CancellationToken cancellationToken = default)
    {
        var from = request.NextToken is null ? 0 : int.Parse(request.NextToken[2..], CultureInfo.InvariantCulture);
        var lines = Streams[request.LogStreamName].Skip(from).Take(2).ToList();
        return Task.FromResult(new GetLogEventsResponse
        {
            Events = [.. lines.Select(line => new OutputLogEvent { Message = line })],
            NextForwardToken = string.Create(CultureInfo.InvariantCulture, $"f/{from + lines.Count}"),
        });
    }
}
