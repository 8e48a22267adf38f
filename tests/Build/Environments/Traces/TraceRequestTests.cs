using Slipway.Answers.Traces;
using Slipway.Build.Cli;
using Slipway.Build.Environments.Traces;

namespace Slipway.Build.Tests.Environments.Traces;

public sealed class TraceRequestTests
{
    private const string Forms = "Trace takes one of --prediction=<id>, --dataset=<key or file>, --row=<column>=<value>";

    [Test]
    public void OneOfThreeIsTraced()
    {
        Assert.That(Of("--prediction=p.1"), Is.EqualTo(new TraceRequest("p.1", null, null, null)));
        Assert.That(Of("--dataset=a.csv", "--dataset-version=7"), Is.EqualTo(new TraceRequest(null, "a.csv", "7", null)));
        Assert.That(Of("--row=patient=17"), Is.EqualTo(new TraceRequest(null, null, null, new RowQuery("patient", "17"))));
    }

    [TestCase(Forms + ".")]
    [TestCase(Forms + ", not --prediction and --row.", "--prediction=p.1", "--row=a=1")]
    [TestCase("--dataset-version needs --dataset=<key or file>.", "--prediction=p.1", "--dataset-version=7")]
    [TestCase("--row: 'patient' does not say which row is meant: name a column and its value as <column>=<value>, such as patient=4711.", "--row=patient")]
    public void AnythingElseIsWrongUsage(string message, params string[] arguments) =>
        Assert.That(() => Of(arguments), Throws.TypeOf<UsageException>().With.Message.EqualTo(message));

    private static TraceRequest Of(params string[] arguments)
    {
        var values = arguments.Select(argument => argument[2..].Split('=', 2)).ToDictionary(argument => argument[0], argument => argument[1]);
        return TraceRequest.Of(argument => values.GetValueOrDefault(argument.Name));
    }
}
