using Slipway.Build.Cli;

namespace Slipway.Build.Tests.Cli;

public sealed class CommandLineParserTests
{
    [TestCase("--target=Test")]
    [TestCase("--target Test")]
    [TestCase("--Target=Test")]
    [TestCase("-t Test")]
    [TestCase("-t=Test")]
    public void UnderstandsEverySpellingOfATarget(string typed)
    {
        var line = Parse(typed);

        Assert.That(line.Targets, Is.EqualTo(new[] { "Test" }));
        Assert.That(line.UnexpectedWords, Is.Empty);
    }

    [TestCase("--model=a")]
    [TestCase("--model a")]
    [TestCase("--MODEL=a")]
    public void FindsAValueByItsArgument(string typed) =>
        Assert.That(Parse(typed).Value(Arguments.Model), Is.EqualTo("a"));

    [Test]
    public void KeepsAnEqualsSignInsideAValue() =>
        Assert.That(CommandLineParser.Parse(["--filter=Name=X"]).Value(Arguments.Filter), Is.EqualTo("Name=X"));

    [Test]
    public void TakesNoSwitchForAValue()
    {
        var line = Parse("--model --dryrun");

        Assert.That(line.Values, Is.EqualTo(new[] { new ParsedValue("model", null) }));
        Assert.That(line.ForHost(), Does.Contain("--dryrun"));
    }

    [Test]
    public void RunsDefaultWhenNoTargetIsNamed() =>
        Assert.That(Parse("").ForHost(), Is.EqualTo(new[] { "--target=Default" }));

    [TestCase("--noop", "--dryrun")]
    [TestCase("--showtree", "--tree")]
    [TestCase("-e", "--exclusive")]
    [TestCase("--exclusive=true", "--exclusive")]
    [TestCase("-v diagnostic", "--verbosity=diagnostic")]
    public void HandsCakesSwitchesOnInOneSpelling(string typed, string handedOn) =>
        Assert.That(Parse(typed).ForHost(), Is.EqualTo(new[] { "--target=Default", handedOn }));

    [Test]
    public void DropsASwitchThatIsSwitchedOff() =>
        Assert.That(Parse("--exclusive=false").ForHost(), Is.EqualTo(new[] { "--target=Default" }));

    [TestCase("--version=3")]
    [TestCase("--version 3")]
    public void DistinguishesAVersionOfAModelFromTheVersionOfCake(string typed)
    {
        Assert.That(Parse(typed).Value(Arguments.Version), Is.EqualTo("3"));
        Assert.That(Parse(typed).Switches, Is.Empty);
        Assert.That(Parse("--version --target=Test").ForHost(), Is.EqualTo(new[] { "--target=Test", "--version" }));
    }

    [TestCase("--verify", "true")]
    [TestCase("--Verify", "true")]
    [TestCase("--verify=true", "true")]
    [TestCase("--verify=false", "false")]
    public void UnderstandsAFlag(string typed, string value) =>
        Assert.That(Parse(typed).Value(Arguments.Verify), Is.EqualTo(value));

    [Test]
    public void GivesAFlagNothingFromBehindIt()
    {
        var line = Parse("--verify false --model=a");

        Assert.That(line.Value(Arguments.Verify), Is.EqualTo("true"));
        Assert.That(line.UnexpectedWords, Is.EqualTo(new[] { "false" }));
        Assert.That(line.Value(Arguments.Model), Is.EqualTo("a"));
    }

    [Test]
    public void DoesNotHandAFlagOn() =>
        Assert.That(Parse("-t History --verify").ForHost(), Is.EqualTo(new[] { "--target=History" }));

    [Test]
    public void HandsSettingsOnButNotTheArgumentsOfTargets() =>
        Assert.That(
            Parse("-t Deploy --model=a --Local_PublicPort=0").ForHost(),
            Is.EqualTo(new[] { "--target=Deploy", "--Local_PublicPort=0" }));

    [TestCase("-h")]
    [TestCase("--help")]
    [TestCase("-?")]
    public void KnowsACallForHelp(string typed) => Assert.That(Parse(typed).Help, Is.True);

    [TestCase("Test")]
    [TestCase("-x")]
    public void KeepsWhatBelongsToNothing(string typed) => Assert.That(Parse(typed).UnexpectedWords, Is.EqualTo(new[] { typed }));

    private static CommandLine Parse(string typed) =>
        CommandLineParser.Parse(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
