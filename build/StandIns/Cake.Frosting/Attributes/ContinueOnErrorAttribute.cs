namespace Cake.Frosting;

/// <summary>A failure of this task does not stop the run.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContinueOnErrorAttribute : Attribute;
