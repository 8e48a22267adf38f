using System.Reflection;
using System.Xml.Linq;

namespace Slipway.Build.Sdk;

/// <summary>
/// Packages with the names, the pinned versions and the public API of official ones, but without an implementation. Code that compiles with the
/// stand-ins but not with these would not compile with the official packages.
/// </summary>
public sealed class SurfacePackages(string folder, IReadOnlyDictionary<string, string> pins)
{
    private const string Core = "AWSSDK.Core";
    private const string Traversal = "Surface.proj";

    /// <summary>A feed that contains only these packages.</summary>
    public string Feed => Path.Combine(folder, "feed");

    /// <summary>Packs all of them at once.</summary>
    public string Project => Path.Combine(folder, Traversal);

    /// <summary>The versions that a Directory.Packages.props pins, by package.</summary>
    public static IReadOnlyDictionary<string, string> PinsIn(string file) =>
        XDocument.Load(file).Descendants("PackageVersion").ToDictionary(pin => (string)pin.Attribute("Include")!, pin => (string)pin.Attribute("Version")!);

    /// <param name="standIns">What the definitions of an old system lack, taken from the stand-ins.</param>
    public void Write(Botocore botocore, IReadOnlyDictionary<string, Assembly> standIns)
    {
        // earlier packages may have had other versions
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(Feed);
        // nothing of the surrounding repository applies here
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.WriteAllText(Path.Combine(folder, file), "<Project />\n");
        foreach (var service in SdkService.All)
        {
            var surface = SdkRules.Surface(service, botocore).With(StandInSurface.Of(standIns[service.Package]));
            var project = Path.Combine(folder, service.Package);
            Directory.CreateDirectory(project);
            File.WriteAllText(Path.Combine(project, "Surface.cs"), SurfaceSource.Of(service, surface));
            File.WriteAllText(Path.Combine(project, $"{service.Package}.csproj"), ProjectOf(service));
        }

        File.WriteAllText(Project, """
            <Project DefaultTargets="Pack">
              <ItemGroup>
                <Package Include="*/*.csproj" />
              </ItemGroup>
              <Target Name="Pack">
                <MSBuild Projects="@(Package)" Targets="Restore" Properties="Phase=Restore" BuildInParallel="true" />
                <MSBuild Projects="@(Package)" Targets="Pack" Properties="Phase=Pack" BuildInParallel="true" />
              </Target>
            </Project>

            """);
    }

    private string ProjectOf(SdkService service) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net8.0</TargetFramework>
            <PackageId>{service.Package}</PackageId>
            <Version>{pins[service.Package]}</Version>
            <AssemblyVersion>4.0.0.0</AssemblyVersion>
            <Description>The public surface of {service.Package} without its behavior, to compile with.</Description>
            <PackageOutputPath>{Feed}</PackageOutputPath>
            <LangVersion>latest</LangVersion>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <WarningLevel>0</WarningLevel>
            <RunAnalyzers>false</RunAnalyzers>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{Core}" Version="{pins[Core]}" />
          </ItemGroup>
        </Project>

        """;
}
