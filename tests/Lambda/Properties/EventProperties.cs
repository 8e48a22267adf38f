using System.Text;
using System.Text.Json;
using CsCheck;
using Slipway.Automation.Aws;
using Slipway.Automation.Lambda.Events;
using Slipway.Registry;
using Slipway.Tests.Properties;

namespace Slipway.Automation.Lambda.Tests.Properties;

public sealed class EventProperties
{
    private static readonly byte[][] Valid =
    [
        .. new[]
        {
            Events.ObjectCreated("datasets/pumps/a.csv"), Events.TrainingJob("pumps-0123456789ab-a1", "Failed", "AlgorithmError"), Events.TrainingJob("pumps-0123456789ab-a1", "Stopped", secondary: "MaxRuntimeExceeded"),
            Events.ModelPackage("slipway-test-pumps", "Rejected"),
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[] Environment = JsonSerializer.SerializeToUtf8Bytes(Events.Environment, AwsEnvironmentJson.Default.AwsEnvironmentRecord);

    [Test]
    public void MeanSomethingOrAreMalformed() =>
        Property.Holds(EditedJson.Of(Valid), 1500, payload =>
        {
            if (Read(payload) is DatasetCreated { Arrival: var arrival })
                Assert.That(ModelName.IsValid(arrival.Model) && arrival.Key.StartsWith($"datasets/{arrival.Model}/", StringComparison.Ordinal), Is.True);
        }, Edited.Show);

    [Test]
    public void MeanTheSameHoweverTheyAreWritten() =>
        Property.Holds(Gen.Select(Gen.OneOf(Valid), Gen.Int[0, int.MaxValue - 1]), 200, one =>
            Assert.That(Read(RewrittenJson.Of(one.Item1, one.Item2)), Is.EqualTo(Read(one.Item1)).And.Not.Null), one => Edited.Show(RewrittenJson.Of(one.Item1, one.Item2)));

    [Test]
    public void AreForAnEnvironmentThatIsReadOrReported() =>
        Property.Holds(EditedJson.Of(Environment).Select(Encoding.UTF8.GetString), 700, json =>
        {
            try
            {
                var record = AwsEnvironmentRecord.Parse(json, "The parameter");
                Assert.That(record.Training.Subnets.Concat(record.Training.SecurityGroups), Has.None.Null);
            }
            catch (SlipwayException e)
            {
                Assert.That(e.Message, Does.StartWith("The parameter ").And.Contain("ApplyInfra").And.Not.Contain("   at "));
            }
        }, json => json);

    private static AutomationEvent? Read(byte[] payload)
    {
        try
        {
            return EventReader.Read(payload, Events.Environment);
        }
        catch (MalformedEventException e)
        {
            Assert.That(e.Message, Has.Length.GreaterThan(20).And.Not.Contain("   at "));
            return null;
        }
    }
}
