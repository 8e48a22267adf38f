namespace Cake.Docker;

public static class Constants
{
    /// <summary>For switches that are on unless told otherwise.</summary>
    public const string BoolWithTrueDefaultFormat = "--{0}={1}";
}
