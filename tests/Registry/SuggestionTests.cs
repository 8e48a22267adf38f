namespace Slipway.Registry.Tests;

public sealed class SuggestionTests
{
    private static readonly string[] Targets = ["Build", "Deploy", "Rollback", "Status", "Stop", "Test"];

    [TestCase("Tset", "Test")]
    [TestCase("deploi", "Deploy")]
    [TestCase("rolback", "Rollback")]
    [TestCase("roll", "Rollback")]
    [TestCase("Stat", "Status")]
    [TestCase("stpo", "Stop")]
    public void FindsTheNameThatWasMeant(string given, string meant) =>
        Assert.That(Suggestion.Nearest(given, Targets), Is.EqualTo(meant));

    [TestCase("Kubernetes")]
    [TestCase("xyzzy")]
    public void GuessesNothingWhenNothingIsNear(string given) =>
        Assert.That(Suggestion.Nearest(given, Targets), Is.Null);
}
