namespace Slipway.Soak;

/// <summary>How much of each fault there is.</summary>
/// <param name="Name"><c>full</c> or <c>quick</c>.</param>
/// <param name="JudgesFigures">Whether bounds of latencies and of growth are judged: a quick run is too short for both.</param>
public sealed record SoakPlan(string Name, bool JudgesFigures)
{
    public static SoakPlan Full { get; } = new("full", JudgesFigures: true);

    public static SoakPlan Quick { get; } = new("quick", JudgesFigures: false);

    public bool IsQuick => this == Quick;

    /// <summary>The amount for this plan.</summary>
    public T Of<T>(T full, T quick) => IsQuick ? quick : full;
}
