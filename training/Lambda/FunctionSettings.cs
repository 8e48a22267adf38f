using Slipway.Automation.Aws;
using Slipway.Registry;
using Slipway.Registry.Rollouts;

namespace Slipway.Automation.Lambda;

/// <summary>What Terraform tells the function in its environment variables.</summary>
/// <param name="Rollout">The plan of every rollout in the environment, but for what is rolled out; null if traffic moves at once there.</param>
internal sealed record FunctionSettings(AwsEnvironmentRecord Environment, RolloutPlan? Rollout)
{
    /// <summary>The beginning of the names of the variables that have the names of settings in cake.config.</summary>
    public const string Prefix = "SLIPWAY_";

    /// <param name="variables">Environment variables by name.</param>
    /// <exception cref="SlipwayException">One is missing or wrong; the message says which.</exception>
    public static FunctionSettings Read(Func<string, string?> variables) => new(ReadEnvironment(variables), ReadRollout(variables));

    private static AwsEnvironmentRecord ReadEnvironment(Func<string, string?> variables) =>
        variables(AwsEnvironmentRecord.Variable) is { Length: > 0 } json
            ? AwsEnvironmentRecord.Parse(json, $"The variable {AwsEnvironmentRecord.Variable} of the function")
            : throw new SlipwayException(
                $"The function has no variable {AwsEnvironmentRecord.Variable}, so its environment is unknown. Terraform sets the variable: apply the environment again.");

    private static RolloutPlan? ReadRollout(Func<string, string?> variables)
    {
        try
        {
            return new RolloutSettings(
                name => variables(VariableOf(name)) is { Length: > 0 } text ? text : null, name => $"The variable {VariableOf(name)} of the function", "the function's variables").Read();
        }
        catch (SlipwayException e)
        {
            throw new SlipwayException($"{e.Message} Terraform takes it from cake.config: correct it there, and apply the environment again.", e);
        }
    }

    private static string VariableOf(string setting) => $"{Prefix}{RolloutSettings.Prefix}{setting}";
}
