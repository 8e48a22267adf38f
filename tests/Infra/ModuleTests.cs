using System.Text.RegularExpressions;

namespace Slipway.Infra.Tests;

public sealed partial class ModuleTests
{
    /// <summary>Set it to true to write the tables instead of comparing them.</summary>
    public const string WriteVariable = "SLIPWAY_WRITE_TABLES";

    public static bool Writes => Environment.GetEnvironmentVariable(WriteVariable) == "true";

    private static readonly string[] Files = ["README.md", "main.tf", "outputs.tf", "variables.tf", "versions.tf"];

    private static IEnumerable<string> Modules => Repository.Modules.Select(module => Path.GetFileName(module));

    private static string Folder(string module) => Path.Combine(Repository.Infra, "modules", module);

    [TestCaseSource(nameof(Modules))]
    public void HasTheSameFilesAsAllOthers(string module)
    {
        Assert.That(Directory.EnumerateFiles(Folder(module)).Select(Path.GetFileName), Is.SupersetOf(Files));
    }

    [TestCaseSource(nameof(Modules))]
    public void DescribesAndTypesWhatItTakesAndGives(string module)
    {
        var inputs = TerraformBlock.Read(Path.Combine(Folder(module), "variables.tf"), "variable");
        var outputs = TerraformBlock.Read(Path.Combine(Folder(module), "outputs.tf"), "output");

        Assert.Multiple(() =>
        {
            Assert.That(outputs, Is.Not.Empty);
            foreach (var block in inputs.Concat(outputs))
                Assert.That(block.Text("description"), Does.EndWith("."), $"{block.Name} has no description that is a sentence.");
            foreach (var input in inputs)
                Assert.That(input.Attributes, Contains.Key("type"), $"{input.Name} has no type.");
        });
    }

    [TestCaseSource(nameof(Modules))]
    public void ShowsInItsReadmeWhatItTakesAndGives(string module)
    {
        if (Writes)
            File.WriteAllText(Path.Combine(Folder(module), "README.md"), ModuleTables.Expected(Folder(module)));
        Assert.That(
            File.ReadAllText(Path.Combine(Folder(module), "README.md")), Is.EqualTo(ModuleTables.Expected(Folder(module))),
            $"The tables are outdated. To regenerate them: {WriteVariable}=true dotnet test tests/Infra");
    }

    [Test]
    public void StandsInTheMapOfModules()
    {
        var map = File.ReadAllText(Path.Combine(Repository.Infra, "README.md"));

        Assert.That(Modules.Where(module => !map.Contains($"`{module}`", StringComparison.Ordinal) && !map.Contains($"`modules/{module}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void GivesTheReasonWhereSomethingIsAllowedOnEveryResource()
    {
        var grants = from file in Directory.EnumerateFiles(Path.Combine(Repository.Infra, "modules"), "*.tf", SearchOption.AllDirectories)
                     from line in File.ReadLines(file)
                     where EveryResource().IsMatch(line)
                     select (File: Path.GetRelativePath(Repository.Infra, file), Line: line.Trim());

        var found = grants.ToList();
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.Not.Empty, "nothing was checked");
            Assert.That(found.Where(grant => !grant.Line.Contains("] # ", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [GeneratedRegex("""^\s*Resource\s*=\s*\["\*"\]""")]
    private static partial Regex EveryResource();
}
