using System.Text;
using CsCheck;
using Slipway.Build.Environments.Infra;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Environments.SmokeTests;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Build.Tests.Environments.SmokeTests;
using Slipway.Tests.Properties;

namespace Slipway.Build.Tests.Properties;

/// <summary>What servers and tools answer.</summary>
public sealed class AnswerProperties
{
    private static readonly LiveVersion Live = new(RegisteredModel.Manifest, LiveModel.Golden);

    private static readonly byte[][] Valid =
    [
        """{"name":"pumps","ready":true}"""u8.ToArray(),
        """{"name":"pumps","versions":["1"],"platform":"onnx","inputs":[],"outputs":[],"parameters":{"onnx_sha256":"aa"}}"""u8.ToArray(),
        """{"model_name":"pumps","outputs":[{"name":"probability","datatype":"FP32","shape":[2,1],"data":[0.5,0.25]},{"name":"label","data":["no","yes"]}]}"""u8.ToArray(),
        """{"model":"pumps","version":1,"predictions":[{"probability":0.5},{"probability":{"a":0.25}}]}"""u8.ToArray(),
    ];

    [Test]
    public void OfServersAreRightOrDescribed() =>
        Property.Holds(Gen.Select(EditedJson.Of(Valid), Gen.OneOf([.. SmokeRequests.All]), Gen.OneOf(200, 200, 200, 404, 503)), 1500, one =>
        {
            var (body, request, status) = one;
            var problem = request.Problem(Answer(status, Encoding.UTF8.GetString(body)), Live);
            Assert.That(problem, Is.Null.Or.Length.InRange(10, 1500).And.Not.Contain("   at "));
        }, one => $"{one.Item2} {one.Item3}: {Edited.Show(one.Item1)}");

    [Test]
    public void OfTerraformAreSummarized() =>
        Property.Holds(Edited.Text("Terraform will perform the following actions:\n  # module.a.aws_s3_bucket.this[\"x\"] will be updated in-place\n  # aws_x.y has moved to aws_x.z\nPlan: 1 to import, 3 to add, 1 to change, 2 to destroy.", "Changes to Outputs:\n  + url = \"x\""), 500, text =>
        {
            var plan = text.Split('\n');
            Assert.That(PlanSummary.Report("staging", plan, applied: false).Lines(), Is.Not.Empty);
            Assert.That(new ConfigurationDrift("staging", plan).Message, Does.StartWith("Configuration drift: 'staging'"));
        }, text => text);

    private static CallerResponse Answer(int status, string body) => new(status, new Dictionary<string, string>(), body, default);
}
