using System.Text.Json;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Protocol;

/// <summary>Which members of a JSON object have occurred. A duplicate is rejected, because it is unclear which of the two was meant.</summary>
public struct SeenMembers
{
    public const int Name = 1;
    public const int Shape = 2;
    public const int Datatype = 4;
    public const int Data = 8;
    public const int Parameters = 16;
    public const int Inputs = 32;
    public const int Outputs = 64;
    public const int Id = 128;

    private int _seen;

    /// <summary>Moves from a member's name to its value.</summary>
    /// <param name="what">Its name in messages.</param>
    /// <returns>False for null, which clients send for a member that is absent.</returns>
    /// <exception cref="RequestException">It appears twice, or has another type.</exception>
    public bool Next(ref Utf8JsonReader json, int member, JsonTokenType expected, string what)
    {
        if ((_seen & member) != 0)
            throw RequestException.Bad($"{what} appears twice.");
        _seen |= member;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return false;
        JsonExpectation.Check(json.TokenType, expected, what);
        return true;
    }
}
