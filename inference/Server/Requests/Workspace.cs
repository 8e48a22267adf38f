using System.Text.Json;
using Microsoft.Extensions.ObjectPool;
using Slipway.Inference.Invocations;
using Slipway.Inference.Protocol;

namespace Slipway.Inference.Requests;

/// <summary>The working memory of one request, passed on to the next: no request on the hot path allocates its own.</summary>
public sealed class Workspace : IDisposable
{
    public InferRequest Request { get; } = new();
    public RowEncoder Rows { get; } = new();
    public IgnoredColumns Ignored { get; } = new();
    public ResponseBuffer Response { get; } = new(4096);
    public Utf8JsonWriter Json { get; }

    // values are validated when they are read, so the writer need not do it again
    public Workspace() => Json = new(Response, new JsonWriterOptions { SkipValidation = true });

    public void Clear()
    {
        Response.Clear();
        Ignored.Clear();
        Json.Reset();
    }

    public void Dispose() => Json.Dispose();

    public static ObjectPool<Workspace> Pool(int most) => new DefaultObjectPool<Workspace>(new Policy(), most);

    private sealed class Policy : IPooledObjectPolicy<Workspace>
    {
        public Workspace Create() => new();

        public bool Return(Workspace workspace)
        {
            workspace.Clear();
            return true;
        }
    }
}
