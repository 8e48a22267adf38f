using Slipway.Build.Sdk;

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>The negative control of the comparison with the pinned version.</summary>
public sealed class PinnedSurfaceTests
{
    private static readonly PinnedSurface Pinned = new(["AWSSDK.Paint 4.0.1", "Bucket: Color, Size", "Color: light-red, BLUE", "PaintRequest:"]);

    [Test]
    public void TakesWhatThePinnedVersionHas() => Assert.That(
        Pinned.Lacks(Surface(new("Bucket", SurfaceKind.Structure, Members("Size")), new("Color", SurfaceKind.Constant, Constants("light-red")), new("PaintRequest", SurfaceKind.Request, Members()))),
        Is.Empty);

    [Test]
    public void FindsAMemberThatCameLater() => Assert.That(
        Pinned.Lacks(Surface(new SurfaceType("Bucket", SurfaceKind.Structure, Members("Size", "Handle")))), Is.EqualTo(new[] { "Bucket.Handle: AWSSDK.Paint 4.0.1 has no such member" }));

    [Test]
    public void FindsAConstantThatCameLater() => Assert.That(
        Pinned.Lacks(Surface(new SurfaceType("Color", SurfaceKind.Constant, Constants("GREEN")))), Is.EqualTo(new[] { "Color.GREEN: AWSSDK.Paint 4.0.1 has no such member" }));

    [Test]
    public void FindsAClassThatCameLater() => Assert.That(
        Pinned.Lacks(Surface(new SurfaceType("Brush", SurfaceKind.Structure, Members()))), Is.EqualTo(new[] { "Brush: AWSSDK.Paint 4.0.1 has no such class" }));

    [Test]
    public void FindsWhatIsMissing() => Assert.That(
        Pinned.MissedBy(Surface(new SurfaceType("Bucket", SurfaceKind.Structure, Members("Size")))), Is.EqualTo(new[] { "Bucket.Color" }));

    private static SdkSurface Surface(params SurfaceType[] types) => new(types.ToDictionary(type => type.Name), [], []);

    private static Dictionary<string, string> Members(params string[] names) => names.ToDictionary(name => name, _ => "string");

    private static Dictionary<string, string> Constants(params string[] values) => values.ToDictionary(SdkRules.ConstantName, value => value);
}
