using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.ML.Trainers.FastTree;

namespace Slipway.Trainer.Trainers.FastTree;

/// <summary>
/// FastTree without its native library. ML.NET has managed code for everything that the library does, and selects it only by the architecture: on Arm, never on x64
/// (<c>IntArray.UseFastTreeNative</c>, which has no switch). On an x64 machine without the library, the trainer therefore runs in a separate load context,
/// in which that property returns false. Both ways produce the same trees, byte for byte.
/// </summary>
internal static class ManagedFastTree
{
    private const string FastTree = "Microsoft.ML.FastTree";

    // for the pinned version
    private const string Property = "get_UseFastTreeNative";

    // ldc.i4.0, ret
    private static readonly byte[] No = [0x16, 0x2A];

    /// <summary>The trainer's program: unchanged if FastTree's native library can be loaded, or ML.NET does not need it.</summary>
    public static TrainerMain Program() =>
        RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.X86)
        || NativeLibrary.TryLoad("FastTreeNative", typeof(FastTreeBinaryTrainer).Assembly, searchPath: null, out _)
            ? TrainerProgram.RunAsync
            : Forced();

    /// <summary>The trainer's program with FastTree's managed code, whatever this machine has.</summary>
    public static TrainerMain Forced() => new Context().LoadFromAssemblyPath(typeof(TrainerProgram).Assembly.Location)
        .GetType(typeof(TrainerProgram).FullName!, throwOnError: true)!
        .GetMethod(nameof(TrainerProgram.RunAsync))!
        .CreateDelegate<TrainerMain>();

    private static byte[] WithoutNative(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var assembly = new PEReader(new MemoryStream(bytes));
        var metadata = assembly.GetMetadataReader();
        var method = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Single(one => metadata.StringComparer.Equals(one.Name, Property));
        var headers = assembly.PEHeaders;
        var section = headers.SectionHeaders[headers.GetContainingSectionIndex(method.RelativeVirtualAddress)];
        var body = assembly.GetMethodBody(method.RelativeVirtualAddress);
        var header = body.Size - body.GetILReader().Length;
        No.CopyTo(bytes, method.RelativeVirtualAddress - section.VirtualAddress + section.PointerToRawData + header);
        return bytes;
    }

    /// <summary>Assemblies that use FastTree's types are loaded here, with the modified FastTree; all others are the program's own.</summary>
    private sealed class Context() : AssemblyLoadContext(nameof(ManagedFastTree))
    {
        private static readonly string Folder = Path.GetDirectoryName(typeof(TrainerProgram).Assembly.Location)!;

        protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
        {
            FastTree => LoadFromStream(new MemoryStream(WithoutNative(PathOf(FastTree)))),
            "Microsoft.ML.LightGbm" => LoadFromAssemblyPath(PathOf("Microsoft.ML.LightGbm")),
            _ => null,
        };

        private static string PathOf(string name) => Path.Combine(Folder, $"{name}.dll");
    }
}

/// <summary>The signature of <see cref="TrainerProgram.RunAsync"/>.</summary>
public delegate Task<int> TrainerMain(string[] args, TextWriter output, TextWriter error, TimeProvider time);
