namespace Slipway.Soak;

/// <summary>How much of each fault there is.</summary>
/// <param name="Name"><c>full</c> or <c>quick</c>.</param>
/// <param name="JudgesTimes">Whether bounds of latencies are judged: windows of a few seconds are too short for that.</param>
public sealed record SoakPlan(string Name, bool JudgesTimes)
{
    public static SoakPlan Full { get; } = new("full", JudgesTimes: true);

    public static SoakPlan Quick { get; } = new("quick", JudgesTimes: false);

    public bool IsQuick => this == Quick;

    /// <summary>The amount for this plan.</summary>
    public T Of<T>(T full, T quick) => IsQuick ? quick : full;
}
