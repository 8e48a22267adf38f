using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Shadows;

/// <summary>One request that will be copied: keeps what it asked, and what stable answers.</summary>
public sealed class ShadowCapture : IDisposable
{
    private const int MaxAnswer = 1 << 20;

    // what says how a body is to be read, and which answer is wanted
    private static readonly string[] Kept = ["Content-Type", "Accept", "Inference-Header-Content-Length"];

    private readonly HttpContext _context;
    private readonly RolloutState _rollout;
    private readonly byte[] _body;
    private readonly Stream _caller;
    private readonly TeeStream _tee;
    private readonly List<KeyValuePair<string, string>> _headers = [];

    public ShadowCapture(HttpContext context, RolloutState rollout, ReadOnlyMemory<byte> body)
    {
        (_context, _rollout, _body) = (context, rollout, body.ToArray());
        foreach (var name in Kept)
            if (context.Request.Headers.TryGetValue(name, out var value))
                _headers.Add(new(name, value.ToString()));
        _caller = context.Response.Body;
        _tee = new(_caller, MaxAnswer);
        context.Response.Body = _tee;
    }

    /// <summary>Whatever happened, the caller's own stream is back.</summary>
    public void Dispose()
    {
        _context.Response.Body = _caller;
        _tee.Dispose();
    }

    /// <returns>Null if stable gave no answer that another one can be compared with.</returns>
    public ShadowRequest? End()
    {
        var response = _context.Response;
        if (response.StatusCode != StatusCodes.Status200OK || _context.RequestAborted.IsCancellationRequested || _tee.Copy is not { Length: > 0 } answer)
            return null;
        return new(
            _rollout.Plan.Id, _rollout.Candidate, $"{_context.Request.Path}{_context.Request.QueryString}", _headers, _body,
            answer, response.ContentType, response.Headers[SlipwayHeaders.PredictionId], _rollout.Plan.Disagreement);
    }
}
