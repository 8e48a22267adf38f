using System.Text.RegularExpressions;
using Slipway.Hosting.Options;

namespace Slipway.Hosting.Tests.Options;

public sealed partial class OptionNamesTests
{
    private static readonly OptionNames Names = new("the sample", typeof(SampleOptions));

    [TestCase("SLIPWAY_MaxRow", "SLIPWAY_MaxRows")]
    [TestCase("SLIPWAY_MAX_ROWSS", "SLIPWAY_MaxRows")]
    [TestCase("SLIPWAY_Log__SampelRate", "SLIPWAY_Log__SampleRate")]
    public void AMisspeltVariableIsNamedWithWhatWasMeant(string variable, string meant) =>
        Assert.That(Names.Misspelling(variable, OtherPrograms), Does.Contain($"'{variable}'").And.Contain($"did you mean {meant}?"));

    [TestCase("SLIPWAY_MaxRows")]
    [TestCase("SLIPWAY_MAXROWS", Description = "the case of a name does not matter")]
    [TestCase("SLIPWAY_Log__SampleRate")]
    [TestCase("SLIPWAY_MinRows", Description = "another program's")]
    [TestCase("SLIPWAY_NotebookAddress")]
    [TestCase("PATH")]
    public void OtherVariablesAreLeftAlone(string variable) => Assert.That(Names.Misspelling(variable, OtherPrograms), Is.Null);

    [GeneratedRegex("^MinRows$")]
    private static partial Regex OtherPrograms { get; }
}
