using System.Reflection;
using Cake.Core.IO;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Build;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

using var output = new JobOutput();
try
{
    return Run(args, output.Job);
}
catch (UsageException exception)
{
    JobEnd.Show(output.Job, CommandLineParser.Parse(args), exception, paths: null);
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine("For the list of targets and arguments: ./build.sh --help");
    return ExitCodes.WrongUsage;
}

static int Run(string[] args, WorkflowJob job)
{
    var invocation = Invocation.Create(Paths.Find(AppContext.BaseDirectory, Environment.CurrentDirectory), args);
    Console.WriteLine(BuildIdentity.Of(Assembly.GetExecutingAssembly()));
    if (invocation.CommandLine.Help)
    {
        TargetList.Write(Console.Out, invocation.Targets);
        return ExitCodes.Done;
    }

    if (ServingPlatform.Problem(invocation) is { } problem)
    {
        JobEnd.Show(job, invocation.CommandLine, new SlipwayException(problem), invocation.Paths);
        Console.Error.WriteLine(problem);
        return ExitCodes.Failed;
    }

    // only for this run, not for those that it starts
    var compiledIn = EnvironmentVariables.Value(EnvironmentVariables.CompiledIn);
    Environment.SetEnvironmentVariable(EnvironmentVariables.CompiledIn, null);
    var outcome = new Outcome();
    var code = new CakeHost()
        .UseContext<BuildContext>()
        .UseTeardown<RecordFailure>()
        .UseWorkingDirectory(new DirectoryPath(invocation.Paths.Root))
        .ConfigureServices(services => services
            .AddSingleton(invocation)
            .AddSingleton(outcome)
            .AddSingleton(job)
            .AddSingleton(ProgressReports.ForThisConsole(outcome)))
        .Run(invocation.CommandLine.ForHost());

    // Cake has printed the message; a bug keeps its stack trace
    if (outcome.Failure is { } failure and not (SlipwayException or Cake.Core.CakeException))
        Console.Error.WriteLine(failure);
    // Cake's table above contains only its own tasks
    if (compiledIn is not null)
        Console.WriteLine($"Before these tasks, the build itself was compiled, which took {compiledIn} s.");
    foreach (var line in outcome.ClosingLines)
        Console.WriteLine(line);
    JobEnd.Show(job, invocation, outcome, code);
    return outcome.ExitCode(code);
}
