using Slipway.Inference.Generations;

namespace Slipway.Inference.Tests.Generations;

public sealed class GenerationPolicyTests
{
    private static readonly string[] Table =
    [
        "Rejected        | Draining | -        | -        | -",
        "SwappedIn       | Serving  | -        | -        | -",
        "SwappedInToBake | Baking   | -        | -        | -",
        "Baked           | -        | Serving  | -        | -",
        "PutBack         | -        | Draining | -        | -",
        "Replaced        | -        | Draining | Draining | -",
        "Returned        | -        | -        | -        | Serving",
        "Evicted         | -        | -        | Draining | -",
        "Closed          | -        | Draining | Draining | Draining",
    ];

    [TestCaseSource(nameof(Cells))]
    public void MovesAsTheTableSays(GenerationState state, GenerationEvent happened, GenerationState? expected) =>
        Assert.That(GenerationPolicy.Next(state, happened), Is.EqualTo(expected));

    [Test]
    public void TableNamesEveryEventOnce() =>
        Assert.That(Table.Select(row => Words(row)[0]), Is.EquivalentTo(Enum.GetNames<GenerationEvent>()));

    // what the names of the states promise
    [Test]
    public void OnlyOneThatAnswersCanBePutBackOrReplaced() => Assert.That(
        from state in Enum.GetValues<GenerationState>()
        where GenerationPolicy.Next(state, GenerationEvent.PutBack) is not null || GenerationPolicy.Next(state, GenerationEvent.Replaced) is not null
        select GenerationPolicy.Answers(state), Is.All.True);

    [Test]
    public void NothingLeavesDrainingButTheReturn() => Assert.That(
        from happened in Enum.GetValues<GenerationEvent>()
        where GenerationPolicy.Next(GenerationState.Draining, happened) is not (null or GenerationState.Draining)
        select happened, Is.EqualTo(new[] { GenerationEvent.Returned }));

    private static IEnumerable<TestCaseData> Cells()
    {
        foreach (var row in Table.Select(Words))
            foreach (var state in Enum.GetValues<GenerationState>())
                yield return new(state, Enum.Parse<GenerationEvent>(row[0]), row[1 + (int)state] == "-" ? null : Enum.Parse<GenerationState>(row[1 + (int)state]));
    }

    private static string[] Words(string row) => row.Split('|', StringSplitOptions.TrimEntries);
}
