using Slipway.Automation.Aws;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>How somebody reaches the operator's page of an environment on AWS: its listener is private, and its token is a secret that is never printed.</summary>
public static class OperatorsPage
{
    private const int Port = 8081;

    /// <returns>Lines to print; none if the environment has no token.</returns>
    public static IReadOnlyList<string> HowToOpen(AwsEnvironmentRecord record) => record.PageTokenSecret is not { } token ? [] :
    [
        "Operator's page: forward its port through an instance in a network of the operators that Systems Manager manages, and open the address that the second command prints:",
        $"aws ssm start-session --region {record.Region} --target <instance> --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters \"host=$({Address(record)}),portNumber={Port},localPortNumber={Port}\"",
        $"echo \"http://127.0.0.1:{Port}/?token=$(aws secretsmanager get-secret-value --region {record.Region} --secret-id {token} --query SecretString --output text)\"",
    ];

    /// <summary>The command that prints the address of a gateway's task.</summary>
    private static string Address(AwsEnvironmentRecord record)
    {
        var of = $"--region {record.Region} --cluster {record.Fleet.Cluster}";
        return $"aws ecs describe-tasks {of} --tasks \"$(aws ecs list-tasks {of} --service-name {record.Fleet.Gateway} --query 'taskArns[0]' --output text)\" "
            + "--query \"tasks[0].attachments[0].details[?name=='privateIPv4Address'].value\" --output text";
    }
}
