using Microsoft.AspNetCore.Http;
using Slipway.Gateway.Status;

namespace Slipway.Gateway.Tests.Status;

public sealed class RouteTemplateTests
{
    [TestCase("/invocations", "/invocations")]
    [TestCase("/invocations/", "/invocations")]
    [TestCase("/v2", "/v2")]
    [TestCase("/v2/models/pumps", "/v2/models/{model}")]
    [TestCase("/v2/models/pumps/infer", "/v2/models/{model}/infer")]
    [TestCase("/v2/models/pumps/INFER", "/v2/models/{model}/infer")]
    [TestCase("/v2/models/pumps/ready", "/v2/models/{model}/ready")]
    [TestCase("/v2/models/pumps/feedback", "/v2/models/{model}/feedback")]
    [TestCase("/v2/models/pumps/versions/3", "/v2/models/{model}/versions/{version}")]
    [TestCase("/v2/models/pumps/versions/3/infer", "/v2/models/{model}/versions/{version}/infer")]
    [TestCase("/v2/models/pumps/versions/3/ready", "/v2/models/{model}/versions/{version}/ready")]
    [TestCase("/openapi/v1.json", "/openapi/{document}")]
    [TestCase("/", null)]
    [TestCase("", null)]
    [TestCase("/v2/models", null)]
    [TestCase("/v2/models//infer", null)]
    [TestCase("/v2/models/pumps/delete", null)]
    [TestCase("/v2/models/pumps/infer/more", null)]
    [TestCase("/a/b/c/d/e/f/g/h/i/j/k", null)]
    public void NamesARequestWithoutWhatItsCallerSent(string path, string? template) => Assert.That(RouteTemplate.Of(new PathString(path)), Is.EqualTo(template));
}
