using CsCheck;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Tests.Properties;
using Slipway.Trainer.Imported;
using Slipway.Trainer.Job;
using Slipway.Trainer.Tests.Imported;
using Slipway.Trainer.Tests.Job;

namespace Slipway.Trainer.Tests.Properties;

/// <summary>What SageMaker, another tool or a person gives a training job.</summary>
public sealed class TrainerInputProperties
{
    private static readonly byte[] Golden = """
        {"records": [{"age": 41, "plan": "basic", "vip": true}, {"age": null, "plan": "2.0"}], "outputs": [[0.12], [0.5]], "tolerance": 0.0001}
        """u8.ToArray();

    private static readonly (string File, byte[] Json)[] Configurations =
    [
        ("hyperparameters.json", """{"seed": "7", "l2": "0.5", "quoted": "\"0.5\"", "_tuning_objective_metric": "x", "sagemaker_program": "\"p\""}"""u8.ToArray()),
        ("inputdataconfig.json", """{"training": {"TrainingInputMode": "File", "S3DistributionType": "FullyReplicated"}, "spec": {"TrainingInputMode": "FastFile"}}"""u8.ToArray()),
        ("resourceconfig.json", """{"current_host": "algo-1", "hosts": ["algo-1"], "network_interface_name": "eth0"}"""u8.ToArray()),
    ];

    [Test]
    public void IsAGoldenSetOrReported() =>
        Property.Holds(EditedJson.Of(Golden), 1000, json =>
        {
            if (Reported(() => ImportedGolden.Read(json), "golden.json") is { } golden)
                Assert.That(golden.Records.Cast<object?>().Concat(golden.Outputs), Has.None.Null);
        }, Edited.Show);

    [Test]
    public void IsAConfigurationOrReported()
    {
        using var room = new JobRoom();
        Property.Holds(Gen.OneOf(Configurations).SelectMany(one => EditedJson.Of(one.Json).Select(json => (one.File, json))), 500, one =>
        {
            File.WriteAllBytes(Path.Combine(room.Root, "input", "config", one.File), one.json);
            if (Reported(() => JobConfiguration.Read(new(room.Root)), "seed|json|channel|instances") is { } configuration)
                Assert.That(configuration.Hyperparameters.Values, Has.None.Null);
            File.Delete(Path.Combine(room.Root, "input", "config", one.File));
        }, one => $"{one.File}: {Edited.Show(one.json)}");
    }

    [Test]
    public void IsAModelWhoseFieldsAreReadOrReported() =>
        Property.Holds(Edited.Of(ForeignModel.Linear()), 1000, onnx =>
        {
            if (Reported(() => ProtobufField.AllOf(onnx), "ONNX model is damaged") is { } fields)
                Assert.That(fields.SelectMany(field => field.Bytes.ToArray()), Is.EqualTo(onnx), "nothing is lost");
            Reported(() => OnnxAdapter.ProducerOf(onnx), "ONNX model is damaged");
        }, Edited.Show);

    private static T? Reported<T>(Func<T> read, string named) where T : class
    {
        try
        {
            return read();
        }
        catch (SlipwayException e)
        {
            Assert.That(e.Message, Does.Match(named).And.Not.Contain("   at "));
            return null;
        }
    }
}
