using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;

namespace Slipway.Build.Tests.Tools;

/// <summary>A Cake context that really starts processes.</summary>
internal sealed class StartingCakeContext(RecordingCakeContext context) : CakeContextAdapter(context)
{
    public StartingCakeContext() : this(new RecordingCakeContext())
    {
    }

    public override IProcessRunner ProcessRunner { get; } = new ProcessRunner(
        context.FileSystem, context.Environment, context.Log, context.Tools, new CakeConfiguration(new Dictionary<string, string>()));
}
