namespace Slipway.Hosting.Tests.Options;

/// <summary>One option of each kind.</summary>
internal sealed record SampleOptions
{
    public string Store { get; init; } = "";
    public string Color { get; init; } = "blue";
    public string? Cookie { get; init; }
    public bool TakeOver { get; init; }
    public int MaxRows { get; init; } = 10;
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);
    public SampleLogOptions Log { get; init; } = new();

    public string NoOption => Store;
}

internal sealed record SampleLogOptions
{
    public double SampleRate { get; init; } = 1;
}
