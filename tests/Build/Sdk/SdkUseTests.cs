using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Slipway.Build.Sdk;

namespace Slipway.Build.Tests.Sdk;

public sealed class SdkUseTests
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    [TestCase("build/Environments/Aws/Anything.cs", "using Amazon.ECS.Model;", true)]
    [TestCase("tests/Build/AnythingTests.cs", "[Category(\"Sdk\")]", true)]
    [TestCase("build/StandIns/AWSSDK.ECS/operations.json", "", true)]
    [TestCase("build/Sdk/SurfaceSource.cs", "", true)]
    [TestCase("build/Environments/Aws/AwsEnvironment.cs", "", true)]
    [TestCase("build/Reports/AwsStatusReport.cs", "", true)]
    [TestCase("training/Registry/Registry.csproj", "", true)]
    [TestCase("Directory.Packages.props", "", true)]
    [TestCase("training/Registry/Storage/S3/S3Errors.cs", "using Amazon.S3;", false)]
    [TestCase("docs/operations.md", "Amazon.ECS", false)]
    [TestCase("gateway/Proxy/Program.cs", "", false)]
    public void KnowsWhatTheCheckDependsOn(string file, string text, bool uses) => Assert.That(SdkUse.Uses(file, text), Is.EqualTo(uses));

    [Test]
    public void HashesNamesAndContentsOfThoseAlone()
    {
        using var tree = new Tree();
        tree.Write("a/Client.cs", "using Amazon.ECS;\n");
        tree.Write("a/Other.cs", "// nothing\n");
        var first = tree.Use().Hash();

        tree.Write("a/Other.cs", "// something else\n");
        tree.Write("a/Client.cs", "using Amazon.ECS;\r\n");
        Assert.That(tree.Use().Hash(), Is.EqualTo(first), "the end of a line is a matter of the checkout");

        tree.Write("a/Client.cs", "using Amazon.ECS.Model;\n");
        var changed = tree.Use().Hash();
        Assert.That(changed, Is.Not.EqualTo(first));

        tree.Move("a/Client.cs", "b/Client.cs");
        Assert.That(tree.Use().Hash(), Is.Not.EqualTo(changed));
    }

    [Test]
    public void ReadsWhatItRecordedAndDoesNotHashIt()
    {
        using var tree = new Tree();
        tree.Write("build/StandIns/StandIns.props", "<Project />");
        var hash = tree.Use().Hash();
        Assert.That(tree.Use().Recorded, Is.Null);

        tree.Use().Write(hash);

        Assert.That(tree.Use().Recorded, Is.EqualTo(hash));
        Assert.That(tree.Use().Hash(), Is.EqualTo(hash));
    }

    // a file may use what a call returns without mentioning AWS
    [TestCase("Slipway.Build.dll")]
    [TestCase("Slipway.Build.Environments.dll")]
    [TestCase("Slipway.Build.Images.dll")]
    [TestCase("Slipway.Automation.dll")]
    [TestCase("Slipway.Registry.dll")]
    public void NoFileUsesAListedPackageUnseen(string assembly)
    {
        var used = FilesThatUseAListedPackage(Path.Combine(AppContext.BaseDirectory, assembly)).ToList();

        Assert.That(used.Where(file => !SdkUse.Uses(file, File.ReadAllText(Path.Combine(Repository.Root, file)))), Is.Empty);
        if (assembly == "Slipway.Build.dll")
            Assert.That(used, Is.Not.Empty);
    }

    private static IEnumerable<string> FilesThatUseAListedPackage(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(path, ".pdb")));
        var (reader, debug) = (image.GetMetadataReader(), symbols.GetMetadataReader());
        var packages = SdkService.All.Select(service => service.Package).ToHashSet();
        var files = new HashSet<string>();
        foreach (var handle in reader.MethodDefinitions)
        {
            var method = reader.GetMethodDefinition(handle);
            var document = debug.GetMethodDebugInformation(handle.ToDebugInformationHandle()).Document;
            if (method.RelativeVirtualAddress == 0 || document.IsNil)
                continue;
            if (Tokens(image.GetMethodBody(method.RelativeVirtualAddress).GetILReader()).Any(token => AssemblyOf(reader, token) is { } name && packages.Contains(name)))
                files.Add(Path.GetRelativePath(Repository.Root, debug.GetString(debug.GetDocument(document).Name)).Replace(Path.DirectorySeparatorChar, '/'));
        }

        // the output of source generators is not in a file
        return files.Where(file => File.Exists(Path.Combine(Repository.Root, file)) && !file.Contains("/obj/", StringComparison.Ordinal));
    }

    private static IEnumerable<EntityHandle> Tokens(BlobReader code)
    {
        var tokens = new List<EntityHandle>();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xFE)
                value = (value << 8) | code.ReadByte();
            switch (Operands[value])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.ReadByte();
                    break;
                case OperandType.InlineVar:
                    code.ReadInt16();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.ReadInt64();
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                default:
                    code.ReadInt32();
                    break;
            }
        }

        return tokens;
    }

    private static string? AssemblyOf(MetadataReader reader, EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodSpecification => AssemblyOf(reader, reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method),
        HandleKind.MemberReference => AssemblyOf(reader, reader.GetMemberReference((MemberReferenceHandle)handle).Parent),
        HandleKind.TypeReference => AssemblyOf(reader, reader.GetTypeReference((TypeReferenceHandle)handle).ResolutionScope),
        HandleKind.AssemblyReference => reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)handle).Name),
        _ => null,
    };

    private sealed class Tree : IDisposable
    {
        private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("slipway-sdk-use-");

        public SdkUse Use() => new(
            _root.FullName,
            [.. Directory.EnumerateFiles(_root.FullName, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_root.FullName, file).Replace(Path.DirectorySeparatorChar, '/'))]);

        public void Write(string file, string text)
        {
            var path = Path.Combine(_root.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        public void Move(string from, string to)
        {
            Write(to, File.ReadAllText(Path.Combine(_root.FullName, from)));
            File.Delete(Path.Combine(_root.FullName, from));
        }

        public void Dispose() => TestFolder.Remove(_root);
    }
}
