using System.Text.Json;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Protocol;

/// <summary>Describes for people what a JSON value is and what it should have been.</summary>
public static class JsonExpectation
{
    public static void Check(JsonTokenType got, JsonTokenType expected, string what)
    {
        if (got != expected)
            throw Unexpected(got, expected, what);
    }

    public static string Word(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    private static RequestException Unexpected(JsonTokenType got, JsonTokenType expected, string what) =>
        RequestException.Bad($"{what} is {Word(got)}; expected {Word(expected)}.");
}
